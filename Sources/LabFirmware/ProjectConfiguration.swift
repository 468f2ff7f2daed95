// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A project's own options: what its `Kconfig.projbuild` declares with a default, and what its `sdkconfig.defaults` says.
///
/// Kconfig's conditions are not evaluated: a default with an `if` is not taken.
struct ProjectConfiguration {
  /// Values as C sees them, by name with `CONFIG_`. An option that is off has none.
  private(set) var values: [String: String] = [:]
  /// What `sdkconfig.defaults` says, by name with `CONFIG_`, as Kconfig writes it: `y`, `n`, a number or a string in quotes.
  private(set) var assignments: [String: String] = [:]
  private(set) var notes: [String] = []

  /// No options.
  init() {}

  /// - Parameters:
  ///   - reader: the project's files; those that are needed are read.
  ///   - names: all names in the project, relative to its root.
  init(reader: SubmissionReader, names: [String]) {
    var reader = reader
    func text(_ name: String) -> String? {
      guard names.contains(name), (try? reader.load(name)) != nil else { return nil }
      return reader.files[name].map { String(decoding: $0, as: UTF8.self) }
    }
    for name in ["main/Kconfig.projbuild", "main/Kconfig"] {
      if let text = text(name) { readDeclarations(text) }
    }
    for name in ["sdkconfig.defaults", "sdkconfig.defaults.esp32c3", "sdkconfig"] {
      if let text = text(name) { readAssignments(text, from: name) }
    }
  }

  /// Reads `config NAME`, its type and its unconditional default.
  mutating func readDeclarations(_ text: String) {
    var name: String?
    var isBoolean = false
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      switch first {
      case "config", "menuconfig":
        name = words.count == 2 ? "CONFIG_\(words[1])" : nil
        isBoolean = false
      case "bool", "boolean":
        isBoolean = true
      case "default" where words.count > 1 && !words.contains("if"):
        guard let option = name, values[option] == nil else { continue }
        let value = line[words[1].startIndex...].drop(while: \.isWhitespace)
        if isBoolean {
          if value == "y" { values[option] = "1" }
        } else if let value = Self.literal(value) {
          values[option] = value
        }
      default:
        continue
      }
    }
  }

  /// Reads `CONFIG_NAME=value` and `# CONFIG_NAME is not set`.
  mutating func readAssignments(_ text: String, from file: String) {
    var left: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      if let name = Self.unset.firstMatch(in: line)?[1].map(String.init) {
        values[name] = nil
        assignments[name] = "n"
        continue
      }
      guard let match = Self.assignment.firstMatch(in: line), let name = match[1].map(String.init),
        let value = match[2]
      else { continue }
      switch value {
      case "y":
        values[name] = "1"
        assignments[name] = "y"
      case "n", "":
        values[name] = nil
        assignments[name] = "n"
      default:
        if let literal = Self.literal(value) {
          values[name] = literal
          assignments[name] = literal
        } else {
          left.append("\(file): the value of \(name.shortened) is not understood and was left out")
        }
      }
    }
    notes += left.shortened("values in \(file)")
  }

  private static let unset = Pattern(#"^# (CONFIG_\w+) is not set"#)
  private static let assignment = Pattern(#"^\s*(CONFIG_\w+)=(.*)$"#)

  /// A number or a string, as C writes it; anything else is none.
  private static func literal(_ text: Substring) -> String? {
    let text = text.trimmingSuffix(while: \.isWhitespace)
    return number.wholeMatch(in: text) != nil || string.wholeMatch(in: text) != nil ? String(text) : nil
  }

  private static let number = Pattern("-?(?:0[xX][0-9a-fA-F]+|[0-9]+)")
  /// Without control characters, and with nothing after its end: it goes into a header.
  private static let string = Pattern(#""(?:[^"\\\p{Cc}]|\\["\\])*""#)
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}
