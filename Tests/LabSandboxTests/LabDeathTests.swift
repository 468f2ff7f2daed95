// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabSandbox

/// The lab or its guard is killed with SIGKILL, at any moment: nothing that it started may be left.
@Suite struct LabDeathTests {
  @Test(arguments: SandboxTests.isolations)
  func nothingOutlivesALabThatIsKilled(isolation: Sandbox.Isolation) async throws {
    let isBubblewrap = isolation == .bubblewrap
    let nonce = "\(4_000_000 + Int.random(in: 0..<1_000_000)).5"
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [isBubblewrap = isBubblewrap as Bool, nonce = nonce as String] in
      let sandbox = try Sandbox(isolation: isBubblewrap ? .bubblewrap : .none)
      let process = try await sandbox.start(SandboxedCommand("/bin/sh", ["-c", "sleep \(nonce) & sleep \(nonce)"]))
      try await ProcessTable.wait { ProcessTable.commandLines(containing: "sleep \(nonce)").count >= 3 }
      kill(getpid(), SIGKILL)
      _ = await process.termination
    }
    try await ProcessTable.wait { ProcessTable.commandLines(containing: nonce).isEmpty }
  }

  /// bubblewrap's own `--die-with-parent` has not been asked for yet in the first milliseconds; the guard covers them.
  @Test(arguments: 0..<12) func norOneThatIsKilledDuringSetUp(milliseconds: Int) async throws {
    let nonce = "\(5_000_000 + Int.random(in: 0..<1_000_000)).5"
    await #expect(processExitsWith: .signal(SIGKILL)) { [milliseconds = milliseconds as Int, nonce = nonce as String] in
      let process = try await Sandbox().start(SandboxedCommand("/bin/sleep", [nonce]))
      usleep(useconds_t(milliseconds * 1000))
      kill(getpid(), SIGKILL)
      _ = await process.termination
    }
    try await ProcessTable.wait { ProcessTable.commandLines(containing: nonce).isEmpty }
  }

  /// What the kernel does not end with the guard is still in its process group.
  @Test func nothingOutlivesAGuardThatIsKilled() async throws {
    let nonce = "\(6_000_000 + Int.random(in: 0..<1_000_000)).5"
    let command = SandboxedCommand("/bin/sh", ["-c", "sleep \(nonce) & sleep \(nonce)"])
    let process = try await Sandbox(isolation: .none).start(command)
    try await ProcessTable.wait { ProcessTable.commandLines(containing: "sleep \(nonce)").count >= 3 }
    kill(process.processIdentifier, SIGKILL)
    #expect(await process.termination == .lost)
    try await ProcessTable.wait { ProcessTable.commandLines(containing: nonce).isEmpty }
  }

  /// A sandbox that is being set up waits for its parent, and would do so for ever.
  @Test(arguments: 0..<24) func norAGuardThatIsKilledDuringSetUp(step: Int) async throws {
    let nonce = "\(7_000_000 + Int.random(in: 0..<1_000_000)).5"
    let process = try await Sandbox().start(SandboxedCommand("/bin/sleep", [nonce]))
    usleep(useconds_t(step * 500))
    kill(process.processIdentifier, SIGKILL)
    _ = await process.termination
    try await ProcessTable.wait { ProcessTable.commandLines(containing: nonce).isEmpty }
  }
}
