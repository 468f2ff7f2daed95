// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Limits of the caller's shell: what they would stop is not held against a program.
@Suite struct InheritedLimitTests {
  private static let program = "labs/03-command-server/submissions/correct/line-buffered.c"

  /// Runs the lab under a limit, as prlimit(1) names it.
  private func run(_ arguments: [String], limit: String) async throws -> LabProcess.Outcome {
    try await LabProcess.run(arguments, within: ["timeout", "-k", "1", "300", "prlimit", limit, "--"])
  }

  @Test(arguments: [
    ("--nofile=20:20", "ulimit -n 112"), ("--nofile=16:16", "ulimit -n"), ("--fsize=102400:102400", "ulimit -f 524288"),
    ("--fsize=8192:8192", "ulimit -f"), ("--as=536870912:536870912", "ulimit -v"), ("--stack=65536:65536", "ulimit -s"),
    ("--cpu=5:5", "ulimit -t"), ("--nproc=5:5", "ulimit -u"), ("--data=268435456:268435456", "ulimit -d"),
  ])
  func oneThatIsTooLowIsNamed(limit: String, words: String) async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try await run(["run", "3", Self.program, "--output", folder.path + "/run"], limit: limit)
    #expect(run.status == 11, "\(run)")
    #expect(run.errors.contains(words), "\(run)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/run"))
    let grading = try await self.run(
      [
        "grade", "3", LabProcess.checkout.path + "/labs/03-command-server/submissions/correct", "--output",
        folder.path + "/grades",
      ],
      limit: limit)
    #expect(grading.status == 11, "\(grading)")
  }

  /// A soft limit is the lab's to raise.
  @Test(arguments: ["--nofile=20:4096", "--fsize=1024:unlimited", "--stack=1048576:unlimited"])
  func oneThatMayBeRaisedIsRaised(limit: String) async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try await GuestLimiter.shared.run {
      try await self.run(
        ["run", "3", Self.program, "--emulator", "bundled", "--output", folder.path + "/run"], limit: limit)
    }
    #expect(run.status == 0, "\(run)")
  }
}
