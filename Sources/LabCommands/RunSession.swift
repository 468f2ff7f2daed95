// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabGrading
import LabModel
import LabReports
import LabSandbox
import LabScenario

/// One run from set-up to result, with what a signal does to it.
struct RunSession: Sendable {
  let lab: Lab
  let checkout: Checkout
  /// The path that the caller gave; nil for the reference solution.
  let submission: String?
  /// The language that was asked for; nil takes the submission's own, and C for the reference solution.
  let language: FirmwareLanguage?
  /// The only emulator to use; nil prefers Espressif's.
  let emulator: EmulatorKind?
  /// Whether compiler, emulator and network run in bubblewrap.
  let isConfined: Bool
  let runFolder: RunFolder
  let console: Console

  /// Runs the lab and leaves `result.json` in the run folder.
  /// - Parameter printer: shows the run as it goes; it has ended when this returns.
  /// - Throws: `Interruption` if a signal ended the run, `LabError` if there is nothing to make a result of.
  func run(_ printer: ProgressPrinter) async throws -> RunResult {
    let animation = Task { await printer.animate() }
    let (outcome, signal) = await SignalWatch.run(
      atFirst: { [console] signal in
        printer.end()
        console.errors.write(SignalWatch.notice(of: signal))
      }, { try await grade { printer.show($0) } })
    animation.cancel()
    printer.end()
    let result = try? outcome.get()
    let isEmpty = result == nil && runFolder.discardIfEmpty()
    // A run that had its verdict when the signal came keeps it; one that could not go on has none.
    if let signal, result == nil || result?.error != nil {
      throw Interruption(signal: signal, runFolder: isEmpty ? nil : console.shown(runFolder.url))
    }
    return try outcome.get()
  }

  /// Runs the lab and leaves `result.json` in the run folder; whoever calls it deals with signals.
  /// - Parameter progress: called for what happens, as it happens.
  /// - Throws: `LabError` if there is nothing to make a result of, `CancellationError` if the run was ended.
  func grade(_ progress: @escaping @Sendable (RunProgress) -> Void) async throws -> RunResult {
    recorded(try await graded(progress))
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

  private func graded(_ progress: @escaping @Sendable (RunProgress) -> Void) async throws -> RunResult {
    let began = ContinuousClock.now
    let setup = try LabSetup.load(root: checkout.root.path)
    let sandbox = try Sandbox(isolation: isConfined ? .bubblewrap : .none)
    let emulator = try await EmulatorInstallation.discover(
      emulator, bundledDirectory: setup.qemu, downloadedDirectory: setup.espressifQEMU,
      environment: console.environment, sandbox: sandbox)

    let build = SubmissionBuild(
      path: submission ?? console.shown(checkout.reference(of: lab, in: language ?? .c)), language: language,
      runFolder: runFolder)
    progress(.building(submission: build.path))
    let (outcome, image) = try await build.run(sdk: setup.sdk, sandbox: sandbox)
    progress(.built(outcome))
    guard let image else { return unbuilt(build.path, outcome, emulator, began) }

    var configuration = Scenario.Configuration(
      forward: lab.forward, names: lab.names, flashImage: image.flash, elf: image.elf, emulator: emulator,
      sandbox: sandbox, runFolder: runFolder.url)
    configuration.swiftTools = image.swiftTools
    return try await LabRun(
      lab: lab, submission: build.path, build: outcome, configuration: configuration,
      runFolder: console.shown(runFolder.url), progress: progress
    ).run(began: began)
  }

  /// The result for a submission without a flash image.
  private func unbuilt(
    _ path: String, _ build: RunResult.Build, _ emulator: EmulatorInstallation, _ began: ContinuousClock.Instant
  ) -> RunResult {
    RunResult(
      lab: lab, submission: path, emulator: emulator.kind.rawValue, sdk: "bundled", build: build,
      checks: lab.checks.map { CheckResult($0, status: .skipped, seen: "the submission did not build") },
      runFolder: console.shown(runFolder.url), seconds: (ContinuousClock.now - began) / .seconds(1))
  }
}
