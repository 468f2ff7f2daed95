// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Renders results for programs: pretty-printed JSON with sorted keys and one line break at its end.
public enum JSONReport {
  private struct Failure: Encodable {
    var error: LabError
  }

  /// The result of a run.
  public static func render(_ result: RunResult) throws -> String { try render(value: result) }

  /// The results of several runs.
  public static func render(_ batch: BatchResult) throws -> String { try render(value: batch) }

  /// What kept a command from its result, as an object with the one key `error`.
  public static func render(_ error: LabError) throws -> String { try render(value: Failure(error: error)) }

  /// Any other value, in the same form.
  public static func render(value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self).undisplayablesEscaped + "\n"
  }
}

extension String {
  /// JSON text with those characters escaped that JSON lets pass and a terminal does not. They can stand in strings only, so
  /// the escape means the same.
  fileprivate var undisplayablesEscaped: String {
    var text = ""
    for scalar in unicodeScalars {
      guard scalar.isUndisplayable, scalar != "\n" else {
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
