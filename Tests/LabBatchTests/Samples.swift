// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

@testable import LabBatch

/// Submissions, results and journals to try things on.
enum Sample {
  static let header = JournalHeader(lab: "9", digest: "d1", sdk: "bundled", emulator: "bundled", chip: .esp32c3)
  static let session = GradingSession(jobs: 1, isConfined: true)
  static let overloaded = LabError(code: "run.host-overloaded", message: "too busy")

  static func lab() throws -> Lab {
    try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        checks:
          - id: healthy
            title: No panic
            points: 10
            never: [panic]

        """, file: "lab.yaml", mistakes: MistakeCatalogue())
  }

  static func submission(_ student: String, digest: String = "a") -> ClassSubmission {
    ClassSubmission(
      student: student, path: "/class/\(student).c", origin: "\(student).c", form: .plain, digest: digest)
  }

  static func run(_ status: CheckStatus, error: LabError? = nil) throws -> RunResult {
    let lab = try lab()
    return RunResult(
      lab: lab, submission: "x.c", emulator: "bundled", sdk: "bundled", build: .init(succeeded: true, seconds: 0),
      checks: error == nil ? lab.checks.map { CheckResult($0, status: status) } : [], error: error, runFolder: "run",
      seconds: 1)
  }

  static func result(_ student: String, _ status: CheckStatus, digest: String = "a") throws -> StudentResult {
    let run = try run(status)
    return StudentResult(
      student: student, submission: "\(student).c", digest: digest, result: run,
      attempts: [.init(verdict: run.verdict, runFolder: "runs/\(student)/1")])
  }

  static func graded(
    _ student: String, _ status: CheckStatus, digest: String = "a", reason: GradingReason = .new
  ) throws -> JournalEvent {
    .graded(GradedSubmission(result: try result(student, status, digest: digest), reason: reason))
  }
}

/// A folder that goes when the value does.
final class TemporaryFolder: Sendable {
  let url = FileManager.default.temporaryDirectory.appending(path: "lab-batch-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }
}
