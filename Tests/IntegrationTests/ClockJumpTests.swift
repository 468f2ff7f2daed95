// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A computer whose time of day is set while the lab runs: nothing waits by it, and no verdict depends on it.
@Suite struct ClockJumpTests {
  private static let day = 86_400

  /// Builds what makes the clock jump.
  private func library(in folder: URL) throws -> String {
    let library = folder.appending(path: "jumping-clock.so").path
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "gcc", "-shared", "-fPIC", "-o", library,
      "\(LabProcess.checkout.path)/Tests/IntegrationTests/Fixtures/jumping-clock.c", "-ldl",
    ]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    return library
  }

  @Test(arguments: [-day, day], [200, 1500]) func aRunGoesOn(seconds: Int, milliseconds: Int) async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let environment = [
      "LD_PRELOAD": try library(in: folder), "JUMP_SECONDS": "\(seconds)", "JUMP_AFTER_MS": "\(milliseconds)",
    ]
    let outcome = try await GuestLimiter.shared.run {
      let run = try LabProcess.start(
        ["run", "5", "--emulator", "bundled", "--output", folder.path + "/run"], environment: environment)
      let outcome = await run.outcome(within: .seconds(1800))
      if outcome == nil { kill(run.process.processIdentifier, SIGKILL) }
      return outcome
    }
    #expect(try #require(outcome, "it hangs").status == 0)
  }
}
