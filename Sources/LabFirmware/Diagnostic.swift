// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A message of the compiler or the linker.
public struct Diagnostic: Codable, Hashable, Sendable {
  /// How serious it is.
  public enum Severity: String, Codable, Sendable {
    case error, warning, note
  }

  /// The file as the student knows it; `nil` if the message belongs to none.
  public var file: String?
  /// The line, from 1.
  public var line: Int?
  /// The column, from 1.
  public var column: Int?
  /// How serious it is.
  public var severity: Severity
  /// What it says.
  public var message: String

  /// - Parameters: as the properties of the same names.
  public init(
    file: String? = nil, line: Int? = nil, column: Int? = nil, severity: Severity, message: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.message = message
  }
}

extension Diagnostic {
  /// The file and the line, as far as they are known.
  var place: String { [file, line.map(String.init)].compactMap { $0 }.joined(separator: ":") }

  /// Whether a compiler printed an error.
  /// - Parameter log: without control codes.
  static func hasError(in log: String) -> Bool { all(in: log).contains { $0.severity == .error } }

  /// Finds the messages in what a compiler printed: `file:line:column: error: text`.
  /// - Parameter log: without control codes.
  /// - Returns: in their order. What the compiler finds within a macro of the SDK is where the student calls it, and there once.
  static func all(in log: String) -> [Diagnostic] {
    var all: [Diagnostic] = []
    // The last message within the SDK, until its call is known.
    var pending: Int?
    var moved: Set<Int> = []
    for match in message.matches(in: log) {
      guard let severity = match[4].flatMap({ Severity(rawValue: String($0)) }) else { continue }
      let found = Diagnostic(
        file: match[1].map(String.init), line: match[2].flatMap { Int($0) }, column: match[3].flatMap { Int($0) },
        severity: severity, message: String(match[5] ?? ""))
      let isSDK = found.file?.hasPrefix(sdk) == true
      if severity != .note {
        pending = isSDK ? all.count : nil
      } else if let index = pending, !isSDK, found.message.hasPrefix(expansion) {
        (all[index].file, all[index].line, all[index].column) = (found.file, found.line, found.column)
        moved.insert(index)
      }
      all.append(found)
    }
    guard !moved.isEmpty else { return all }
    var calls: Set<[String]> = []
    return all.enumerated().filter { index, found in
      let isNew = found.severity == .note || calls.insert([found.place, found.message]).inserted
      return isNew || !moved.contains(index)
    }.map(\.element)
  }

  /// How a note begins that leads from a macro to its call, and the path of a header of the SDK.
  static let expansion = "in expansion of macro"
  static let sdk = "sdk/"

  private static let message = Pattern(
    #"(?m)^(.+?):(\d+):(?:(\d+):)? (?:fatal )?(error|warning|note): (.*?)(?: \[#\w+\])?$"#)

  /// Finds the errors in what a linker printed: `file:line: undefined reference to …`.
  /// - Parameter log: without control codes.
  static func linker(_ log: String) -> [Diagnostic] {
    linkerMessage.matches(in: log).map { match in
      Diagnostic(
        file: match[1].map(String.init), line: match[2].flatMap { Int($0) }, severity: .error,
        message: String(match[3] ?? ""))
    }
  }

  private static let linkerMessage = Pattern(
    #"(?m)(?:^|: )(?:([^\s:]+\.[ch]):(?:(\d+)|\([^)\n]*\)):[\t ]*)?((?:undefined reference|multiple definition).*)$"#)
}
