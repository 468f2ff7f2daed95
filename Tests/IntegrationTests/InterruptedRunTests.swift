// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Runs that do not come to their end by themselves: whatever happens, nothing is left running and nothing is lost.
@Suite struct InterruptedRunTests {
  private static let endless = "Tests/IntegrationTests/Fixtures/endless.c"

  /// Starts a run, waits until the board runs, and hands over the run and its folder.
  private func withRun(_ body: @Sendable (RunningLab, URL, pid_t) async throws -> Void) async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try await GuestLimiter.shared.run {
      let run = try LabProcess.start(["run", "3", Self.endless, "--format", "json", "--output", folder.path + "/run"])
      let board = try await HostProcess.find(deadline: .seconds(600)) {
        $0.executable == "qemu-system-riscv32" && $0.mentions(folder.path)
      }
      try await body(run, folder.appending(path: "run"), try #require(board, "the board never ran").id)
      #expect(await HostProcess.allGone(deadline: .seconds(60)) { $0.mentions(folder.path) })
    }
  }

  @Test func anInterruptKeepsTheRunFolderAndLeavesNothingRunning() async throws {
    try await withRun { run, folder, _ in
      kill(run.process.processIdentifier, SIGINT)
      let outcome = await run.outcome()
      #expect(outcome.status == 130)
      for file in ["transcript.txt", "uart.log", "capture.pcapng"] {
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: file).path), "\(file)")
      }
    }
  }

  @Test func aSecondInterruptEndsTheRunAtOnceAndLeavesNothingRunning() async throws {
    try await withRun { run, _, _ in
      while run.process.isRunning {
        kill(run.process.processIdentifier, SIGINT)
        await Task.yield()
      }
      #expect(await run.outcome().status == 130)
    }
  }

  /// As a service manager ends a job: everything of it gets the signal, and the lab loses its helpers while it stops.
  @Test func aSignalToAllProcessesOfARunEndsThemAll() async throws {
    try await withRun { run, folder, _ in
      for process in HostProcess.all() where process.mentions(folder.deletingLastPathComponent().path) {
        kill(process.id, SIGTERM)
      }
    }
  }

  @Test func aKilledLabLeavesNothingRunning() async throws {
    try await withRun { run, _, _ in
      kill(run.process.processIdentifier, SIGKILL)
      _ = await run.outcome()
    }
  }

  /// A process of a run other than one, once it is there.
  private func process(_ program: String, of folder: URL, besides former: pid_t = 0) async throws -> pid_t {
    let found = try await HostProcess.find(deadline: .seconds(600)) {
      $0.executable == program && $0.id != former && $0.mentions(folder.path)
    }
    return try #require(found, "no \(program)").id
  }

  @Test func aKilledNetworkIsAFailureOfTheLab() async throws {
    try await withRun { run, folder, _ in
      kill(try await process("lab-network", of: folder), SIGKILL)
      let outcome = await run.outcome()
      #expect(outcome.status == 11)
      let result = try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8))
      #expect(result.verdict == .error)
      #expect(["network.ended", "network.start", "emulator.start"].contains(result.error?.code), "\(result)")
    }
  }

  /// A program may make a process of the run crash, and does so each time. Once may be the host's doing.
  @Test(arguments: ["lab-network", "qemu-system-riscv32"])
  func aProcessThatCrashesTwiceIsTheProgramsDoing(program: String) async throws {
    try await withRun { run, folder, _ in
      // By then the guest runs.
      try await eventually { try transcript(in: folder).contains("uart") }
      let first = try await process(program, of: folder)
      kill(first, SIGSEGV)
      let second = try await process(program, of: folder, besides: first)
      try await eventually { try transcript(in: folder).contains("uart") }
      kill(second, SIGSEGV)
      let outcome = await run.outcome()
      let result = try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8))
      #expect(outcome.status == 10, "\(result)")
      #expect(result.checks.first { $0.status != .pass }?.seen?.contains("crashed (signal 11)") == true, "\(result)")
    }
  }

  private func transcript(in folder: URL) throws -> String {
    (try? String(contentsOf: folder.appending(path: "transcript.txt"), encoding: .utf8)) ?? ""
  }

  private func eventually(_ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(600)
    while try !condition() {
      try #require(ContinuousClock.now < end)
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func guardsThatAreStoppedHoldNobodyUp() async throws {
    try await withRun { run, folder, _ in
      for process in HostProcess.descendants(of: run.process.processIdentifier)
      where process.executable == "lab-guard" { kill(process.id, SIGSTOP) }
      kill(run.process.processIdentifier, SIGINT)
      let outcome = try #require(await run.outcome(within: .seconds(120)), "it hangs")
      #expect(outcome.status == 130)
    }
  }

  @Test func aKilledEmulatorIsAFailureOfTheLab() async throws {
    try await withRun { run, _, board in
      kill(board, SIGKILL)
      let outcome = await run.outcome()
      #expect(outcome.status == 11)
      let result = try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8))
      #expect(result.verdict == .error)
      // Killed as soon as its process is seen: it may not have got as far as to let its guest run.
      #expect(["emulator.ended", "emulator.start"].contains(result.error?.code))
    }
  }
}

@Suite struct BadCallTests {
  @Test func anUnknownLabListsWhatThereIs() async throws {
    let outcome = try await LabProcess.run(["run", "comand-server"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("Did you mean 'command-server'?"))
  }

  @Test func aMissingPathIsToldAsAWrongCall() async throws {
    let outcome = try await LabProcess.run(["run", "3", "no/such/file.c"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("no/such/file.c"))
  }

  @Test func anEmulatorThatIsGoneIsAFailureOfTheLab() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["Package.swift", "labs/mistakes", "labs/03-command-server", "firmware/03-command-server"] {
      let copy = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: LabProcess.checkout.appending(path: name), to: copy)
    }
    let record = try Data(contentsOf: LabProcess.checkout.appending(path: ".lab/setup.json"))
    var setup = try #require(try JSONSerialization.jsonObject(with: record) as? [String: String])
    setup["qemu"] = folder.path + "/nothing"
    try FileManager.default.createDirectory(at: folder.appending(path: ".lab"), withIntermediateDirectories: true)
    try JSONSerialization.data(withJSONObject: setup).write(to: folder.appending(path: ".lab/setup.json"))
    let outcome = try await LabProcess.run(["run", "3"], environment: ["LAB_ROOT": folder.path])
    #expect(outcome.status == 11)
    #expect(outcome.errors.contains("run ./setup"), "\(outcome.errors)")
  }

  @Test(arguments: ["empty", "binary"]) func aSubmissionThatIsNoProgramFails(kind: String) async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let submission = folder.appending(path: "submission")
    try FileManager.default.createDirectory(at: submission, withIntermediateDirectories: true)
    if kind == "binary" { try Data((0...255).map { $0 }).write(to: submission.appending(path: "main.c")) }
    let outcome = try await LabProcess.run(["run", "3", submission.path, "--output", folder.path + "/run"])
    #expect(outcome.status == 10, "\(outcome)")
  }
}
