// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabFirmware
import LabModel
import LabSandbox

/// Makes the runs of a class's submissions: each as `lab run` would, in a run folder among the results.
struct GradeRunner: Sendable {
  let lab: Lab
  let checkout: Checkout
  let header: JournalHeader
  let tools: ToolFinder
  let results: ResultsFolder
  /// The class folder.
  let submissions: URL
  let console: Console

  /// Makes a run, and returns when its folder is on the disk.
  /// - Throws: `LabError` if the lab fails, `CancellationError` if the run was ended.
  func run(_ run: GradingRun) async throws -> RunResult {
    let folder = try results.makeRunFolder(run.folder)
    var result = try await result(of: run, in: folder)
    if let change = run.submission.change(in: submissions) {
      result = folder.record(self.result(of: run, in: folder, build: nil, error: change), for: .student)
    }
    if let code = WholeFile.synchronizeFiles(in: folder.url) {
      throw LabError(systemCall: "write \(run.folder)", code: code)
    }
    return result
  }

  /// Opens what was handed in, builds it and runs it.
  private func result(of run: GradingRun, in folder: RunFolder) async throws -> RunResult {
    do {
      // What an archive holds is there as long as its run takes.
      let workspace = try PrivateDirectory()
      defer { withExtendedLifetime(workspace) {} }
      let place = URL(filePath: workspace.path).appending(path: "submission")
      let opened = try await SubmissionUnpacker(sandbox: try await tools.sandbox()).unpack(run.submission, into: place)
      let path = try Self.alone(opened, in: place)
      return try await RunSession(
        lab: lab, checkout: checkout, subject: .submission(path), language: header.language, tools: tools,
        runFolder: folder, console: console, attempt: run.handIn, name: run.submission.origin
      ).grade { _ in }
    } catch let refusal as SubmissionRefusal {
      return try refused(run, refusal, in: folder)
    } catch let error as LabError {
      return folder.record(result(of: run, in: folder, build: nil, error: error), for: .student)
    }
  }

  /// A file away from the others: a source may include what lies beside it, and that is other students' work.
  /// - Parameters:
  ///   - path: what is to be built; a folder stays where it is.
  ///   - place: where a file is copied to: a folder that does not exist yet.
  private static func alone(_ path: String, in place: URL) throws -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, !FileManager.default.isFolder(place),
      // A bigger one is refused by who reads it, wherever it lies.
      status.st_size <= SubmissionLimits().fileSize
    else { return path }
    let file = URL(filePath: path)
    let copy = place.appending(path: file.lastPathComponent)
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
      try FileManager.default.copyItem(at: file, to: copy)
    } catch {
      throw LabError(
        code: "submission.copy", message: "cannot copy \(path) to \(place.path): \(error.localizedDescription)",
        remedy: "check that it may be read and that there is room in TMPDIR")
    }
    return copy.path
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
