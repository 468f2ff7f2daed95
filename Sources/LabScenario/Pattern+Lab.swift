// SPDX-License-Identifier: Apache-2.0
import LabModel

extension Pattern {
  /// Compiles a pattern of a lab file, with its variables filled in. Decoding has checked that it compiles.
  /// - Throws: `LabError` if it does not all the same.
  init(lab text: String) throws(LabError) {
    do {
      try self.init(compiling: text)
    } catch {
      throw LabError(
        code: "lab.pattern", message: "'\(text)' is not a regular expression: \(error)",
        remedy: "labs/README.md says what a pattern may hold.", isUsage: true)
    }
  }
}
