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
  /// What is run.
  var subject: Subject
  /// The language that was asked for; nil takes the submission's own, and C for the reference solution.
  let language: FirmwareLanguage?
  /// Finds what the program is built with and boots on; several runs may share it.
  let tools: ToolFinder
  let runFolder: RunFolder
  let console: Console
  /// Which of the student's attempts at the lab it is, from 1.
  var attempt = 1
  /// What the submission is called in the result; its path unless told.
  var name: String?
  /// Whom `junit.xml` and `summary.md` are for.
  var reader = Visibility.student

  /// What a run is about.
  enum Subject: Hashable, Sendable {
    /// The course's own solution.
    case reference
    /// A program, by the path that the caller gave.
    case submission(String)
    /// A flash image that was built elsewhere, and its program with debug information, if that came along.
    case image(String, elf: String?)
  }

  /// Runs the lab and leaves `result.json` in the run folder.
  /// - Parameter printer: shows the run as it goes; it has ended when this returns.
  /// - Throws: `Interruption` if a signal ended the run, `LabError` if there is nothing to make a result of.
  func run(_ printer: ProgressPrinter) async throws -> RunResult {
    let animation = Task { await printer.animate() }
    let (outcome, signal) = await SignalWatch.run(
      atFirst: { [console] signal in
        printer.end()
        console.errors.write(Printout(own: SignalWatch.notice(of: signal)))
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
    do {
      var result = try await graded(progress)
      result.attempt = attempt
      return runFolder.record(result, for: reader)
    } catch let error as LabError {
      throw runFolder.loss ?? error
    }
  }

  private func graded(_ progress: @escaping @Sendable (RunProgress) -> Void) async throws -> RunResult {
    let began = ContinuousClock.now
    let sandbox = try await tools.sandbox()
    switch subject {
    case .reference:
      let path = console.shown(checkout.reference(of: lab, in: language ?? .c))
      return try await graded(path, try await tools.tools(for: language ?? .c), sandbox, began, progress)
    case .submission(let path) where isArchive(path):
      return try await unpacking(path, in: sandbox) { program in
        switch program {
        case .success(let program):
          var session = self
          (session.subject, session.name) = (.submission(program), name ?? path)
          return try await session.graded(progress)
        case .failure(let refusal):
          try runFolder.write(refusal.description + "\n", to: "build.log")
          let build = RunResult.Build(
            succeeded: false, reason: refusal.description, seconds: (ContinuousClock.now - began) / .seconds(1))
          progress(.built(build))
          return unbuilt(path, build, try await tools.tools(for: language), began)
        }
      }
    case .submission(let path):
      // What cannot be read is for the build to tell.
      let language = (try? Submission(at: path))?.language ?? language
      return try await graded(path, try await tools.tools(for: language), sandbox, began, progress)
    case .image(let path, let elf):
      let image = try PrebuiltImage(at: console.resolve(path).path)
      let emulator = try await tools.emulator(for: image)
      let files = try runFolder.keep(image, elf: elf.map { console.resolve($0).path })
      return try await run(
        path, files, swiftTools: nil, RunResult.Build(succeeded: true, seconds: 0), nil, emulator, sandbox, began,
        progress)
    }
  }

  /// Builds and runs a program.
  private func graded(
    _ path: String, _ tools: RunTools, _ sandbox: Sandbox, _ began: ContinuousClock.Instant,
    _ progress: @escaping @Sendable (RunProgress) -> Void
  ) async throws -> RunResult {
    progress(.building(submission: name ?? path, sdk: tools.remark(on: path)))
    let (outcome, image) = try await SubmissionBuild(
      path: path, name: name, language: language, runFolder: runFolder, mistakes: lab.mistakes
    ).run(with: tools.builder)
    progress(.built(outcome))
    guard let image else { return unbuilt(path, outcome, tools, began) }
    return try await run(
      path, (image.flash, image.elf), swiftTools: image.swiftTools, outcome, tools.sdk, tools.emulator, sandbox, began,
      progress)
  }

  private func run(
    _ path: String, _ files: (flash: String, elf: String), swiftTools: String?, _ build: RunResult.Build,
    _ sdk: SDKKind?,
    _ emulator: EmulatorInstallation, _ sandbox: Sandbox, _ began: ContinuousClock.Instant,
    _ progress: @escaping @Sendable (RunProgress) -> Void
  ) async throws -> RunResult {
    var configuration = Scenario.Configuration(
      forward: lab.forward, names: lab.names, flashImage: files.flash, elf: files.elf, emulator: emulator,
      sandbox: sandbox, runFolder: runFolder.url)
    configuration.swiftTools = swiftTools
    return try await LabRun(
      lab: lab, submission: name ?? path, sdk: sdk, build: build, configuration: configuration,
      runFolder: console.shown(runFolder.url), progress: progress
    ).run(began: began)
  }

  /// The result for a submission without a flash image.
  private func unbuilt(
    _ path: String, _ build: RunResult.Build, _ tools: RunTools, _ began: ContinuousClock.Instant
  ) -> RunResult {
    RunResult(
      lab: lab, submission: name ?? path, emulator: tools.emulator.kind.rawValue, sdk: tools.sdk.rawValue,
      chip: tools.emulator.chip, build: build,
      checks: lab.checks.map { CheckResult($0, status: .skipped, seen: "the submission did not build") },
      runFolder: console.shown(runFolder.url), seconds: (ContinuousClock.now - began) / .seconds(1))
  }
}
