// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabSandbox

/// Runs real commands in both kinds of isolation.
@Suite struct SandboxTests {
  static let isolations: [Sandbox.Isolation] = [.bubblewrap, .none]

  @Test(arguments: isolations) func capturesOutputAndStatus(isolation: Sandbox.Isolation) async throws {
    let command = SandboxedCommand("/bin/sh", ["-c", "echo out; echo err >&2; exit 7"])
    let result = try await Sandbox(isolation: isolation).run(command, timeout: .seconds(600))
    #expect(result.termination == .exited(7))
    #expect(String(decoding: result.output, as: UTF8.self) == "out\n")
    #expect(String(decoding: result.errors, as: UTF8.self) == "err\n")
  }

  @Test(arguments: isolations) func killsTheWholeTreeWhenTimeIsUp(isolation: Sandbox.Isolation) async throws {
    let nonce = "\(1_000_000 + Int.random(in: 0..<1_000_000)).5"
    // A grandchild in a session of its own, which a signal to the process group would not reach.
    let command = SandboxedCommand("/bin/sh", ["-c", "setsid sleep \(nonce) & sleep \(nonce)"])
    let result = try await Sandbox(isolation: isolation).run(command, timeout: .milliseconds(300))
    #expect(result.termination == .timedOut)
    #expect(ProcessTable.commandLines(containing: nonce).isEmpty)
  }

  @Test(arguments: isolations) func endsWithItsHandle(isolation: Sandbox.Isolation) async throws {
    let nonce = "\(2_000_000 + Int.random(in: 0..<1_000_000)).5"
    var process: SandboxedProcess? = try await Sandbox(isolation: isolation).start(
      SandboxedCommand("/bin/sleep", [nonce]))
    try await ProcessTable.wait { !ProcessTable.commandLines(containing: nonce).isEmpty }
    #expect(process != nil)
    process = nil
    try await ProcessTable.wait { ProcessTable.commandLines(containing: nonce).isEmpty }
  }

  @Test(arguments: isolations) func asksBeforeItKills(isolation: Sandbox.Isolation) async throws {
    let script = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done"
    let process = try await Sandbox(isolation: isolation).start(SandboxedCommand("/bin/sh", ["-c", script]))
    try await ProcessTable.wait { process.standardOutput.starts(with: "ready".utf8) }
    #expect(await process.stop(grace: .seconds(30)) == .exited(3))
    #expect(String(decoding: process.standardOutput, as: UTF8.self) == "ready\nbye\n")
  }

  @Test(arguments: isolations) func killsWhatDoesNotListen(isolation: Sandbox.Isolation) async throws {
    let script = "trap '' TERM; echo ready; while :; do sleep 0.01; done"
    let process = try await Sandbox(isolation: isolation).start(SandboxedCommand("/bin/sh", ["-c", script]))
    try await ProcessTable.wait { process.standardOutput.starts(with: "ready".utf8) }
    _ = await process.stop(grace: .milliseconds(50))
    #expect(ProcessTable.children(of: process.processIdentifier).isEmpty)
  }

  @Test(arguments: isolations) func boundsTheOutputItKeeps(isolation: Sandbox.Isolation) async throws {
    let command = SandboxedCommand("/bin/sh", ["-c", "echo first; yes | head -c 3000000; echo last"])
    let result = try await Sandbox(isolation: isolation).run(command, timeout: .seconds(600), outputLimit: 10_000)
    #expect(result.isSuccess)
    #expect(result.output.count < 10_100)
    #expect(result.output.starts(with: "first\n".utf8))
    #expect(result.output.suffix(5).elementsEqual("last\n".utf8))
    #expect(String(decoding: result.output, as: UTF8.self).contains("… 2990011 bytes left out …"))
  }

  @Test(arguments: isolations) func cancellationEndsTheCommand(isolation: Sandbox.Isolation) async throws {
    let nonce = "\(3_000_000 + Int.random(in: 0..<1_000_000)).5"
    let task = Task {
      try await Sandbox(isolation: isolation).run(SandboxedCommand("/bin/sleep", [nonce]), timeout: .seconds(600))
    }
    try await ProcessTable.wait { !ProcessTable.commandLines(containing: nonce).isEmpty }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(ProcessTable.commandLines(containing: nonce).isEmpty)
  }

  @Test(arguments: isolations) func appliesLimits(isolation: Sandbox.Isolation) async throws {
    let limits = ResourceLimits(addressSpace: 1 << 30, cpuSeconds: 5, fileSize: 1024)
    let script = "ulimit -v; ulimit -t; ulimit -f; ulimit -c; echo $HOME"
    let result = try await Sandbox(isolation: isolation).run(
      SandboxedCommand("/bin/sh", ["-c", script], limits: limits), timeout: .seconds(600))
    #expect(String(decoding: result.output, as: UTF8.self) == "1048576\n5\n2\n0\n\n")
  }

  @Test(arguments: isolations) func boundsTheMemoryOfAllProcessesTogether(isolation: Sandbox.Isolation) async throws {
    // Each of the four holds 24 MiB and more.
    let limits = ResourceLimits(memory: 64 << 20)
    let script = """
      hold() { x=$(head -c 25165824 /dev/zero | tr '\\0' x); echo held; while :; do sleep 1; done; }
      for i in 1 2 3 4; do hold & done; wait
      """
    let result = try await Sandbox(isolation: isolation).run(
      SandboxedCommand("/bin/bash", ["-c", script], limits: limits), timeout: .seconds(600))
    #expect(result.termination == .outOfMemory)
    #expect(
      String(decoding: result.errors, as: UTF8.self).hasSuffix("killed: it had more than 67108864 bytes in memory\n"))
  }

  @Test func whatStaysWithinItsMemoryIsLeftAlone() async throws {
    let result = try await Sandbox().run(
      SandboxedCommand("/bin/sh", ["-c", "sleep 0.5; sleep 0.5; echo done"], limits: ResourceLimits(memory: 64 << 20)),
      timeout: .seconds(600))
    #expect(result.termination == .exited(0))
    #expect(String(decoding: result.output, as: UTF8.self) == "done\n")
  }

  @Test func saysThatAProgramIsMissing() async throws {
    let result = try await Sandbox(isolation: .none).run(SandboxedCommand("/nowhere/program"), timeout: .seconds(600))
    #expect(result.termination == .exited(127))
    #expect(String(decoding: result.errors, as: UTF8.self).contains("cannot run /nowhere/program"))
  }

  @Test func reportsSignals() async throws {
    let result = try await Sandbox().run(SandboxedCommand("/bin/sh", ["-c", "kill -SEGV $$"]), timeout: .seconds(600))
    #expect(result.termination == .signalled(SIGSEGV))
  }

  @Test func isAvailableHere() async throws {
    #expect(try await Sandbox.availability() == nil)
  }
}
