// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabScenario

/// One run of a lab on a flash image, from power-on to the result.
public struct LabRun: Sendable {
  private let lab: Lab
  private let submission: String
  private let sdk: SDKKind?
  private let build: RunResult.Build
  private let configuration: Scenario.Configuration
  private let runFolder: String
  private let progress: @Sendable (RunProgress) -> Void

  /// - Parameters:
  ///   - lab: the lab.
  ///   - submission: the submission's path, as it was given.
  ///   - sdk: what it was built with; nil for an image that was built elsewhere.
  ///   - build: what building it came to.
  ///   - configuration: image, emulator, sandbox and run folder.
  ///   - runFolder: the run folder's path, as the result is to name it.
  ///   - progress: called for what happens, as it happens.
  public init(
    lab: Lab, submission: String, sdk: SDKKind? = .bundled, build: RunResult.Build,
    configuration: Scenario.Configuration,
    runFolder: String, progress: @escaping @Sendable (RunProgress) -> Void
  ) {
    self.lab = lab
    self.submission = submission
    self.sdk = sdk
    self.build = build
    self.configuration = configuration
    self.runFolder = runFolder
    self.progress = progress
  }

  /// Runs the lab. Nothing that it started is left when it returns or throws.
  /// - Parameter began: when the whole job began, for the time that the result tells.
  /// - Throws: `CancellationError` when the run was ended; the run folder has what was recorded until then.
  public func run(began: ContinuousClock.Instant = .now) async throws -> RunResult {
    var (checks, failure, waited) = try await attempt()
    if let crash = failure, crash.isCrash {
      progress(.repeating(reason: crash.message))
      (checks, failure, waited) = try await attempt()
      // A host does not do that twice at the same program.
      if let crash = failure, crash.isCrash { (checks, failure) = (Self.blaming(crash, lab.checks, checks), nil) }
    }
    return RunResult(
      lab: lab, submission: submission, emulator: configuration.emulator.kind.rawValue, sdk: RunResult.name(of: sdk),
      chip: configuration.emulator.chip, build: build, checks: checks, error: failure, runFolder: runFolder,
      seconds: (ContinuousClock.now - began).inSeconds, scenarioWaitSeconds: waited)
  }

  /// The results of a program that has made a process of the run crash: the check fails in which it did.
  static func blaming(_ crash: LabError, _ checks: [CheckDefinition], _ results: [CheckResult]) -> [CheckResult] {
    var isFound = false
    return checks.enumerated().map { index, check in
      if index < results.count, results[index].status != .error { return results[index] }
      defer { isFound = true }
      return isFound
        ? CheckResult(check, status: .skipped, seen: crash.message)
        : CheckResult(check, status: .fail, expected: "what the program does harms nobody", seen: crash.message)
    }
  }

  /// Runs the checks on a device of their own.
  private func attempt() async throws -> (checks: [CheckResult], failure: LabError?, waited: Double) {
    let scenario = try Scenario(configuration)
    var checks: [CheckResult] = []
    var failure: LabError?
    progress(.booting(emulator: configuration.emulator.kind.rawValue))
    do {
      try await scenario.start()
      (checks, failure) = try await Grader(
        lab: lab, language: build.language, scenario: scenario, progress: progress
      ).run()
    } catch let error as LabError {
      failure = error
    } catch {
      // In a task of its own: this one has been cancelled, and what it awaits would be cut short.
      await Task { await scenario.stop() }.value
      throw error
    }
    let waited = await scenario.waited
    await scenario.stop()
    return (checks, failure, waited)
  }
}

extension Duration {
  /// The length in seconds.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
