// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Renders results for programs: pretty-printed JSON with sorted keys and one line break at its end.
public enum JSONReport {
  /// What kept a command from its result, as an object with the one key `error`.
  public struct Failure: Encodable {
    private var error: LabError

    /// - Parameter error: what happened.
    public init(error: LabError) { self.error = error }
  }

  /// The result of a run.
  public static func render(_ result: RunResult) throws -> String { try render(value: result) }

  /// Any other value, in the same form.
  public static func render(value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self).undisplayablesEscaped + "\n"
  }
}

extension String {
  /// JSON text with those characters escaped that JSON lets pass and a terminal or a CI service does not. They can stand in strings only, so
  /// the escape means the same.
  fileprivate var undisplayablesEscaped: String {
    var text = ""
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      // Two of them, with nothing that is seen between them, begin commands of CI services.
      let beginsCommand = scalar == "#" && rest.first.map { $0 == "#" || !$0.isASCII } == true
      guard beginsCommand || scalar.isUndisplayable, scalar != "\n" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }
}
