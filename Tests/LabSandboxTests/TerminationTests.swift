// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabSandbox

/// How a command ended is what the guard and the sandbox say, whoever was killed and whatever was printed.
@Suite struct TerminationTests {
  @Test func reportsAreRead() throws {
    #expect(GuardReport("exited 7 1500\n").termination == .exited(7))
    #expect(GuardReport("exited 7 1500\n").processorTime == .milliseconds(1500))
    #expect(GuardReport("signalled 9 0\n").termination == .signalled(9))
    #expect(GuardReport("memory 0 0\n").termination == .outOfMemory)
    #expect(GuardReport("unstarted 0 0\n").termination == .notStarted)
    for line in ["", "lost 0 0\n", "exited 3\n", "exited x 0\n", "memory\n"] {
      #expect(GuardReport(line).termination == .lost)
    }
  }

  @Test func aCommandThatTalksLikeTheSandboxIsNotOneThatFailed() async throws {
    let script = "echo 'bwrap: No permissions to create new namespace' >&2; exit 1"
    let result = try await Sandbox().run(SandboxedCommand("/bin/sh", ["-c", script]), timeout: .seconds(600))
    #expect(result.termination == .exited(1))
  }

  @Test func anEndByItsProcessorTimeIsTold() async throws {
    let command = SandboxedCommand("/bin/sh", ["-c", "while :; do :; done"], limits: ResourceLimits(cpuSeconds: 1))
    let result = try await Sandbox().run(command, timeout: .seconds(600))
    #expect(result.termination == .signalled(SIGXCPU))
    #expect(result.processorTime >= .milliseconds(500))
  }

  /// Of what is killed along with its parents nobody else tells how much processor time it had.
  @Test func whatIsKilledHasUsedItsTime() async throws {
    let script = "sh -c 'while :; do :; done' & while :; do :; done"
    let process = try await Sandbox().start(SandboxedCommand("/bin/sh", ["-c", script]))
    try await ProcessTable.wait { ProcessTable.processorTime(below: process.processIdentifier) > 0.5 }
    process.kill()
    #expect(await process.report.processorTime > .milliseconds(400))
  }

  /// The guard, the sandbox's two processes, and the command itself, each killed from outside.
  @Test(arguments: 0..<4) func whoeverIsKilledItIsNoExit(level: Int) async throws {
    let nonce = "\(7_000_000 + Int.random(in: 0..<1_000_000)).5"
    let process = try await Sandbox().start(SandboxedCommand("/bin/sleep", [nonce]))
    try await ProcessTable.wait { ProcessTable.owner(ofCommand: "/bin/sleep \(nonce)") != nil }
    var victim = process.processIdentifier
    for _ in 0..<level { victim = try #require(ProcessTable.children(of: victim).first) }
    kill(victim, SIGKILL)
    let termination = await process.termination
    #expect(termination == .lost || (level >= 2 && termination == .signalled(SIGKILL)), "\(termination)")
    try await ProcessTable.wait { ProcessTable.commandLines(containing: nonce).isEmpty }
  }

  /// A compiler's driver makes a line of text of the death of what it calls.
  @Test(arguments: [SIGKILL, SIGXCPU, SIGXFSZ]) func aDriverEndsAsWhatItCallsDoes(signal: Int32) async throws {
    let sandbox = try Sandbox()
    // Like gcc: it reports whatever happens as a failure of its own.
    let driver = "\(sandbox.relay.joined(separator: " ")) /bin/sh -c 'kill -\(signal) $$'; echo gone on; exit 1"
    let result = try await sandbox.run(SandboxedCommand("/bin/sh", ["-c", driver]), timeout: .seconds(600))
    #expect(result.termination == .signalled(signal))
    #expect(result.output.isEmpty)
  }

  @Test func aDriverGoesOnAfterOtherEnds() async throws {
    let sandbox = try Sandbox()
    let relay = sandbox.relay.joined(separator: " ")
    let driver = "for end in 'exit 3' 'kill -SEGV $$'; do \(relay) /bin/sh -c \"$end\"; echo $?; done"
    let result = try await sandbox.run(SandboxedCommand("/bin/sh", ["-c", driver]), timeout: .seconds(600))
    #expect(String(decoding: result.output, as: UTF8.self) == "3\n139\n")
  }
}
