// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabSandbox

/// What a guard tells of the processor time of a command that is running.
@Suite struct ProcessorTimeTests {
  @Test func itGrowsWhileTheCommandComputes() async throws {
    let sandbox = try Sandbox()
    let busy = try await sandbox.start(SandboxedCommand("/bin/sh", ["-c", "while :; do :; done"]))
    let idle = try await sandbox.start(SandboxedCommand("/bin/sh", ["-c", "sleep 1000"]))
    let deadline = ContinuousClock.now + .seconds(600)
    var time = Duration.zero
    while time < .milliseconds(500), ContinuousClock.now < deadline {
      time = try #require(await busy.processorTime)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(time >= .milliseconds(500))
    #expect(try #require(await idle.processorTime) < time)
    for process in [busy, idle] { process.kill() }
    // An answer is not taken for the end, nor the end for an answer.
    #expect(await busy.termination == .signalled(9))
    #expect(await busy.processorTime == nil)
    #expect(await idle.termination == .signalled(9))
  }
}
