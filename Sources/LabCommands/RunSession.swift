// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabModel
import LabReports
import LabSandbox

/// One run from set-up to result, with what a signal does to it.
struct RunSession: Sendable {
  let lab: Lab
  let checkout: Checkout
  /// The path that the caller gave; nil for the reference solution.
  let submission: String?
  let emulator: EmulatorKind?
  let isConfined: Bool
  let runFolder: RunFolder
  let console: Console

  /// Runs the lab and leaves `result.json` in the run folder.
  /// - Parameter printer: shows the run as it goes; it has ended when this returns.
  /// - Throws: `Interruption` if a signal ended the run, `LabError` if there is nothing to make a result of.
  func run(_ printer: ProgressPrinter) async throws -> RunResult {
    let work = Task { try await grade(printer) }
    let signals = SignalWatch { [console] _ in
      printer.end()
      console.errors.write("lab: stopping; press Ctrl-C again to stop at once\n")
      work.cancel()
    }
    let animation = Task { await printer.animate() }
    let outcome = await work.result
    animation.cancel()
    printer.end()
    signals.stop()
    switch outcome {
    case .success(let result): return recorded(result)
    case .failure(let error):
      let isEmpty = runFolder.discardIfEmpty()
      guard let signal = signals.received else { throw error }
      throw Interruption(signal: signal, runFolder: isEmpty ? nil : console.shown(runFolder.url))
    }
  }

  /// The result as it stands in `result.json`; with an error if it could not be written.
  private func recorded(_ result: RunResult) -> RunResult {
    do {
      try runFolder.write(try JSONReport.render(result), to: "result.json")
      return result
    } catch {
      var result = result
      result.error = error as? LabError ?? LabError(code: "internal", message: "\(error)")
      result.verdict = .error
      return result
    }
  }

  private func grade(_ printer: ProgressPrinter) async throws -> RunResult {
    throw LabError(code: "internal", message: "this build of lab cannot run labs yet")
  }
}
