// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import LabSandbox

/// Makes the runs of a class's submissions: each as `lab run` would, in a run folder among the results.
struct GradeRunner: Sendable {
  let lab: Lab
  let checkout: Checkout
  let header: JournalHeader
  let tools: ToolFinder
  let results: ResultsFolder
  let console: Console

  /// Makes a run, and returns when its folder is on the disk.
  /// - Throws: `LabError` if the lab fails, `CancellationError` if the run was ended.
  func run(_ run: GradingRun) async throws -> RunResult {
    let folder = try results.makeRunFolder(run.folder)
    let result = try await result(of: run, in: folder)
    if let code = WholeFile.synchronizeFiles(in: folder.url) {
      throw LabError(systemCall: "write \(run.folder)", code: code)
    }
    return result
  }

  private func result(of run: GradingRun, in folder: RunFolder) async throws -> RunResult {
    switch run.submission.form {
    case .plain: return try await result(of: run, at: run.submission.path, in: folder)
    case .archive:
      return try refused(run, SubmissionRefusal("archives are not unpacked yet", hint: "hand in a folder"), in: folder)
    case .refused(let refusal): return try refused(run, refusal, in: folder)
    }
  }

  /// Builds and runs what lies at a path.
  private func result(of run: GradingRun, at path: String, in folder: RunFolder) async throws -> RunResult {
    let session = RunSession(
      lab: lab, checkout: checkout, subject: .submission(path), language: header.language, tools: tools,
      runFolder: folder, console: console, attempt: run.handIn, name: run.submission.origin)
    do {
      return try await session.grade { _ in }
    } catch let error as LabError {
      return folder.record(result(of: run, in: folder, build: nil, error: error), for: .student)
    }
  }

  /// The result of what cannot be opened: it counts as a program that does not build.
  private func refused(_ run: GradingRun, _ refusal: SubmissionRefusal, in folder: RunFolder) throws -> RunResult {
    let build = RunResult.Build(succeeded: false, reason: refusal.description, seconds: 0)
    try folder.write(refusal.description + "\n", to: "build.log")
    return folder.record(result(of: run, in: folder, build: build, error: nil), for: .student)
  }

  private func result(
    of run: GradingRun, in folder: RunFolder, build: RunResult.Build?, error: LabError?
  ) -> RunResult {
    let checks = lab.checks.map { CheckResult($0, status: .skipped, seen: "the submission did not build") }
    return RunResult(
      lab: lab, submission: run.submission.origin, emulator: header.emulator, sdk: header.sdk, chip: header.chip,
      attempt: run.handIn, build: build, checks: error == nil ? checks : [], error: error,
      runFolder: console.shown(folder.url), seconds: 0)
  }
}
