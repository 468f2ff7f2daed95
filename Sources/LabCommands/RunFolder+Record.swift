// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabReports

extension RunFolder {
  /// Leaves a result: whole in `result.json`, and what CI services show of it in `junit.xml` and `summary.md`.
  /// - Parameters:
  ///   - result: the result.
  ///   - reader: whom the latter two are for.
  /// - Returns: the result, with an error if it could not be written.
  func record(_ result: RunResult, for reader: Visibility) -> RunResult {
    do {
      let shown = result.shown(to: reader)
      try write(JUnitReport.render(shown), to: "junit.xml")
      try write(MarkdownReport.render(shown), to: "summary.md")
      try write(try JSONReport.render(result), to: "result.json")
      return result
    } catch {
      var result = result
      result.error = loss ?? error as? LabError ?? LabError(code: "internal", message: "\(error)")
      result.verdict = .error
      return result
    }
  }
}
