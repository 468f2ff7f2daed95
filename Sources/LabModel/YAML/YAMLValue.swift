// SPDX-License-Identifier: Apache-2.0
import Yams

/// A node of a YAML file that knows where it stands, so that whatever is wrong with it can be told with file, line and column.
struct YAMLValue {
  let node: Node
  let file: String

  /// Parses one YAML document.
  /// - Throws: `LabError` with code `lab.file` where the text is not YAML, is empty or is longer than `sizeLimit`.
  init(parsing text: String, file: String) throws {
    self.file = file
    guard text.utf8.count <= Self.sizeLimit else {
      throw LabError(
        code: "lab.file", message: "\(file): the file has more than \(Self.sizeLimit >> 10) KiB", isUsage: true)
    }
    do {
      guard let node = try compose(yaml: text) else {
        throw LabError(code: "lab.file", message: "\(file): the file is empty", isUsage: true)
      }
      self.node = node
    } catch let error as YamlError {
      throw YAMLValue.translate(error, file: file)
    }
  }

  /// How many bytes a file may have.
  static let sizeLimit = 256 << 10

  private init(node: Node, file: String) {
    self.node = node
    self.file = file
  }

  /// The line that the node begins on, from 1.
  var line: Int { node.mark?.line ?? 0 }

  /// An error about this node.
  func error(_ message: String, remedy: String? = nil) -> LabError {
    LabError(
      code: "lab.file", message: "\(file):\(line):\(node.mark?.column ?? 0): \(message)", remedy: remedy, isUsage: true)
  }

  /// The entries of a mapping.
  func mapping(_ what: String) throws -> YAMLMapping {
    guard case .mapping(let mapping) = node else { throw error("\(what) has to be a mapping of keys to values") }
    var entries: [String: YAMLValue] = [:]
    var keys: [String: YAMLValue] = [:]
    for (key, value) in mapping {
      let keyValue = YAMLValue(node: key, file: file)
      let name = try keyValue.string("a key")
      entries[name] = YAMLValue(node: value, file: file)
      keys[name] = keyValue
    }
    return YAMLMapping(value: self, what: what, entries: entries, keys: keys)
  }

  /// Whether it is a mapping of keys to values.
  var isMapping: Bool {
    if case .mapping = node { true } else { false }
  }

  /// The items of a sequence.
  func sequence(_ what: String) throws -> [YAMLValue] {
    guard case .sequence(let sequence) = node else { throw error("\(what) has to be a list") }
    return sequence.map { YAMLValue(node: $0, file: file) }
  }

  /// A scalar as text.
  func string(_ what: String) throws -> String {
    guard case .scalar(let scalar) = node else { throw error("\(what) has to be a text") }
    return scalar.string
  }

  /// A text that is not empty.
  func nonEmptyString(_ what: String) throws -> String {
    let string = try string(what)
    guard !string.isEmpty else { throw error("\(what) must not be empty") }
    return string
  }

  /// A whole number in a range.
  func integer(_ what: String, in range: ClosedRange<Int>) throws -> Int {
    let text = try string(what)
    guard case .scalar(let scalar) = node, scalar.style == .plain, let number = Int(text) else {
      throw error("\(what) has to be a whole number, not '\(text)'")
    }
    guard range.contains(number) else {
      throw error("\(what) has to be from \(range.lowerBound) to \(range.upperBound), not \(number)")
    }
    return number
  }

  /// `true` or `false`.
  func boolean(_ what: String) throws -> Bool {
    switch try string(what) {
    case "true": true
    case "false": false
    case let other: throw error("\(what) has to be true or false, not '\(other)'")
    }
  }

  /// A TCP port.
  func port(_ what: String) throws -> UInt16 {
    UInt16(try integer(what, in: 1...65535))
  }

  /// A length of guest time.
  func duration(_ what: String) throws -> GuestDuration {
    let text = try string(what)
    guard let duration = GuestDuration(text) else {
      throw error("\(what) has to be a length of time, not '\(text)'", remedy: "Write it as 200ms, 2s, 1.5s or 2min.")
    }
    return duration
  }

  /// `true`, for a key that says all by being there.
  func onlyTrue(_ what: String) throws {
    guard try boolean(what) else { throw error("\(what) can only be true", remedy: "Leave the step out instead.") }
  }

  /// Checks that a text is a regular expression, whatever its variables stand for.
  func checkPattern(_ text: String, _ what: String) throws {
    // In brackets this is a range from a later character to an earlier one.
    let filled = ["0", "z-a"].map { value in Placeholder.fill(text) { _ in "(?:\(value))" } ?? text }
    do {
      for text in filled { _ = try Pattern(compiling: text) }
    } catch {
      guard (try? Pattern(compiling: filled[0])) == nil else {
        throw self.error("\(what) has a variable in brackets, which stands for a text and not for characters")
      }
      throw self.error(
        "\(what) is not a regular expression: \(error)", remedy: "labs/README.md says what a pattern may hold.")
    }
  }

  /// One of the values of an enumeration, by its raw value.
  func choice<Choice>(_ what: String) throws -> Choice
  where Choice: RawRepresentable<String> & CaseIterable {
    let text = try string(what)
    guard let choice = Choice(rawValue: text) else {
      throw unknown(what, text, among: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  /// An error about a name that is none of those there are.
  func unknown(_ what: String, _ name: String, among names: some Collection<String>) -> LabError {
    let remedy =
      name.nearest(in: names).map { "Did you mean '\($0)'?" } ?? "There is: \(names.sorted().joined(separator: ", "))."
    return error("unknown \(what) '\(name)'", remedy: remedy)
  }

  private static func translate(_ error: YamlError, file: String) -> LabError {
    let place: String
    let problem: String
    switch error {
    case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
      place = "\(file):\(mark.line):\(mark.column)"
      problem = text
    case .duplicatedKeysInMapping(let duplicates, let context):
      place = "\(file):\(context.mark.line):\(context.mark.column)"
      problem = "the same key twice: \(duplicates.map { "\($0)" }.joined(separator: ", "))"
    default:
      place = file
      problem = "\(error)"
    }
    return LabError(code: "lab.file", message: "\(place): not YAML: \(problem)", isUsage: true)
  }
}
