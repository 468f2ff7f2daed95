// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Compiles a pattern of a lab file; decoding has checked that it compiles.
func compile(_ pattern: String) throws -> Regex<AnyRegexOutput> {
  do {
    // What devices send and print are bytes: CR LF is two of them, and not one character.
    return try Regex(pattern).matchingSemantics(.unicodeScalar)
  } catch {
    throw LabError(code: "lab.pattern", message: "'\(pattern)' is not a regular expression: \(error)", isUsage: true)
  }
}
