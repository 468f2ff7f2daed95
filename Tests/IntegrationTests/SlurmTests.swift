// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `lab grade --engine slurm` with a real Slurm, of one node.
@Suite(.serialized, .enabled(if: SlurmCluster.isInstalled, "\(SlurmCluster.reason)")) struct SlurmTests {
  private static let lab = "labs/03-command-server/submissions"

  /// What a test works in; it goes away with the value.
  private final class Place: Sendable {
    let cluster: SlurmCluster
    let folder: URL

    /// - Parameter submissions: paths in the checkout, by the names under which they are handed in.
    init(_ submissions: [String: String]) async throws {
      cluster = try await SlurmCluster()
      // Names that a shell, and Slurm's patterns of file names, would take for something else.
      folder = try LabProcess.temporaryFolder().appending(path: "of %a $(id) 'class'")
      let manager = FileManager.default
      try manager.createDirectory(at: folder.appending(path: "class"), withIntermediateDirectories: true)
      for (name, path) in submissions {
        try manager.copyItem(
          at: LabProcess.checkout.appending(path: path), to: folder.appending(path: "class/\(name)"))
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

    func arguments(_ output: String, _ options: [String]) -> [String] {
      ["grade", "3", folder.path + "/class", "--output", folder.path + "/" + output, "--emulator", "bundled"] + options
    }

    func grade(_ output: String, _ options: String...) async throws -> LabProcess.Outcome {
      try await LabProcess.run(arguments(output, options), environment: cluster.environment)
    }

    func start(_ output: String, _ options: String...) throws -> RunningLab {
      try LabProcess.start(arguments(output, options), environment: cluster.environment)
    }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

    /// Whether a grading came to the same as one by this computer alone.
    func isAsLocal(_ output: String) throws -> Bool {
      try ["class.json", "grades.csv"].allSatisfy { try bytes("\(output)/\($0)") == bytes("local/\($0)") }
    }
  }

  private static let mixed = [
    "ann.c": "\(lab)/correct/byte-at-a-time.c", "Ben & Co; $(id) %j.c": "\(lab)/correct/task-per-client.c",
    "cyd.c": "\(lab)/wrong/first-line-only.c", "dan 'd' \"e\".c": "\(lab)/wrong/closes-after-answer.c",
    "eve.c": "\(lab)/correct/nonblocking-poll.c", "fay": "labs/03-command-server/starter",
  ]

  @Test func gradesAsThisComputerAloneWould() async throws {
    let place = try await Place(Self.mixed)
    let local = try await place.grade("local", "--jobs", "2")
    let outcome = try await place.grade("grades", "--engine", "slurm", "--jobs", "2")
    #expect(outcome.status == local.status && local.status == 10, "\(outcome)\n\(local)")
    #expect(try place.isAsLocal("grades"), "\(outcome)")
    #expect(outcome.output.contains("6 tasks, at most 2 at a time"), "\(outcome.output)")
    // A second call has nothing to submit.
    let again = try await place.grade("grades", "--engine", "slurm")
    #expect(!again.output.contains("Slurm job"), "\(again.output)")
    #expect(try place.isAsLocal("grades"))
  }

  @Test func whatAKilledCallHasSubmittedIsFollowedByTheNext() async throws {
    let place = try await Place(Self.mixed)
    _ = try await place.grade("local", "--jobs", "2")
    let run = try place.start("grades", "--engine", "slurm", "--jobs", "1")
    try await wait { run.printed.contains("1/6") }
    kill(run.process.processIdentifier, SIGKILL)
    _ = await run.outcome()
    let outcome = try await place.grade("grades", "--engine", "slurm", "--jobs", "2")
    #expect(outcome.status == 10, "\(outcome)")
    #expect(outcome.output.contains("going on"), "\(outcome.output)")
    #expect(try place.isAsLocal("grades"), "\(outcome)")
  }

  @Test func anInterruptCancelsTheJobAndTheNextCallGoesOn() async throws {
    let place = try await Place(Self.mixed)
    _ = try await place.grade("local", "--jobs", "2")
    let run = try place.start("grades", "--engine", "slurm", "--jobs", "1")
    try await wait { run.printed.contains("1/6") }
    kill(run.process.processIdentifier, SIGINT)
    let stopped = await run.outcome()
    #expect(stopped.status == 130, "\(stopped)")
    #expect(try place.cluster.run("squeue", "--noheader").isEmpty)
    let outcome = try await place.grade("grades", "--engine", "slurm", "--jobs", "2")
    #expect(outcome.status == 10, "\(outcome)")
    #expect(try place.isAsLocal("grades"), "\(outcome)")
  }

  /// A task that dies is taken over by another one; a submission that two tasks died of is given up, and no other.
  @Test func aSubmissionThatEndsItsTasksCostsNobodyElse() async throws {
    let place = try await Place(
      Self.mixed.filter { $0.key < "e" }.merging(["bad.c": "Tests/IntegrationTests/Fixtures/endless.c"]) { $1 })
    let run = try place.start("grades", "--engine", "slurm", "--jobs", "1")
    for _ in 1...2 {
      let board = try await HostProcess.find(deadline: .seconds(600)) {
        $0.executable == "qemu-system-riscv32" && $0.mentions("\(place.folder.path)/grades/shards/")
          && $0.mentions("runs/bad/")
      }
      let path = try #require(board, "\(run.printed)").commandLine
      let shard = try #require(path.firstMatch(of: /shards\/[0-9]+\/[0-9]+-of-[0-9]+/)).output
      let tasks = HostProcess.all().filter {
        $0.executable == "lab" && $0.mentions("\(place.folder.path)/grades/\(shard)")
      }
      #expect(tasks.count == 1)
      for task in tasks { kill(task.id, SIGKILL) }
      _ = await HostProcess.allGone(deadline: .seconds(60)) { $0.id == board?.id }
    }
    let outcome = await run.outcome()
    #expect(outcome.status == 11, "\(outcome)")
    let grades = String(decoding: try place.bytes("grades/errors.csv"), as: UTF8.self)
    #expect(grades.split(whereSeparator: \.isNewline).count == 2, "\(grades)")
    #expect(grades.contains("bad,,,error") && grades.contains("slurm.task"), "\(grades)")
    #expect(outcome.output.contains("2 passed, 2 failed"), "\(outcome.output)")
  }

  @Test func aRefusedJobIsToldInSlurmsWords() async throws {
    let place = try await Place(["ann.c": "\(Self.lab)/correct/task-per-client.c"])
    let outcome = try await place.grade("grades", "--engine", "slurm", "--slurm-options", "--partition=nowhere")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("nvalid partition"), "\(outcome.errors)")
    #expect(outcome.errors.contains("--slurm-options"), "\(outcome.errors)")
  }

  private func wait(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(600)
    while !condition() {
      try #require(ContinuousClock.now < deadline)
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
