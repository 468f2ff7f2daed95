// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import Synchronization
import Testing

@testable import LabCommands

/// Slurm's commands as scripts that do what a test wants, and what the lab makes of them.
@Suite struct SlurmClientTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    try write("sbatch", "echo '7;cluster'")
    try write("squeue", "")
    try write("scancel", "")
  }

  /// Makes a command; the script is all of it.
  private func write(_ name: String, _ script: String) throws {
    try fixture.write("#!/bin/sh\n\(script)\n", to: "bin/\(name)")
    chmod(fixture.root.path + "/bin/\(name)", 0o755)
  }

  private var console: Console {
    var console = fixture.console()
    console.environment["PATH"] = fixture.root.path + "/bin:/usr/bin:/bin"
    return console
  }

  /// Waits for commands as long as a busy host may need.
  private func client() throws -> SlurmClient {
    var client = try SlurmClient(console)
    client.timeout = .seconds(600)
    return client
  }

  private func submission(_ options: [String] = []) -> SlurmClient.Submission {
    SlurmClient.Submission(
      name: "n", count: 6, limit: 2, options: options, logs: URL(fileURLWithPath: "/a %j b"),
      command: ["/task.sh", "--class", "$(id) 'x'"])
  }

  @Test func commandsThatAreMissingAreNamed() throws {
    try FileManager.default.removeItem(at: fixture.root.appending(path: "bin/squeue"))
    var console = console
    console.environment["PATH"] = fixture.root.path + "/bin"
    #expect { try SlurmClient(console) } throws: {
      ($0 as? LabError)?.code == "slurm.missing" && "\($0)".contains("squeue")
    }
  }

  @Test func argumentsReachSbatchAsTheyAreAndTheLabsComeLast() async throws {
    try write("sbatch", "printf '%s\\n' \"$@\" >\"$LAB_ROOT/arguments\"; echo 7")
    let job = try await client().submit(submission(["--array=1-9", "--time=5"]))
    #expect(job == "7")
    let arguments = try String(contentsOf: fixture.root.appending(path: "arguments"), encoding: .utf8)
    #expect(
      arguments.split(separator: "\n") == [
        "--array=1-9", "--time=5", "--parsable", "--requeue", "--open-mode=append", "--job-name=n", "--array=1-6%2",
        "--output=/a %%j b/%a.log", "--chdir=\(fixture.root.path)", "/task.sh", "--class", "$(id) 'x'",
      ])
  }

  @Test func theNumberIsReadWithoutTheCluster() async throws {
    #expect(try await client().submit(submission()) == "7")
  }

  @Test func aRefusalIsToldInSlurmsWords() async throws {
    try write("sbatch", "echo 'sbatch: error: first' >&2; echo 'sbatch: error: no account' >&2; exit 1")
    await #expect {
      try await client().submit(submission())
    } throws: {
      ($0 as? LabError)?.code == "slurm.refused" && "\($0)".contains("no account") && !"\($0)".contains("first")
    }
  }

  @Test func tasksAreRead() async throws {
    try write("squeue", "echo '7_2|RUNNING|None'; echo '7_10|PENDING|(Nodes|down)'; echo noise")
    let tasks = try await client().tasks(of: "n")
    #expect(
      tasks == [
        SlurmClient.Task(index: 2, state: "RUNNING", reason: "None"),
        SlurmClient.Task(index: 10, state: "PENDING", reason: "(Nodes|down)"),
      ])
    #expect(tasks.map(\.isRunning) == [true, false])
  }

  // MARK: A whole grading

  /// What a grading came to, in the order of the events.
  private final class Story: Sendable {
    let lines = Mutex<[String]>([])
    var text: String { lines.withLock { $0.joined(separator: "\n") } }
  }

  /// Grades a class of two.
  /// - Parameter silence: after how long a Slurm that does not answer is given up: a busy host makes its commands slow.
  private func grade(_ story: Story, silence: Duration = .seconds(600)) async throws -> GradeBook {
    let console = console
    let lab = try Checkout(console).library.lab(named: "9")
    let results = try ResultsFolder(
      at: fixture.root.appending(path: "grades"), shown: "grades", besides: fixture.root.appending(path: "class"))
    let journal = try Journal(in: results.url, shown: "grades")
    let header = JournalHeader(lab: "9", digest: "d", sdk: "bundled", emulator: "bundled", chip: .esp32c3)
    if journal.book.header == nil { try journal.append(.lab(header)) }
    try journal.append(.began(GradingSession(jobs: 2, isConfined: true)))
    let submissions = ["ann", "bob"].map {
      ClassSubmission(student: $0, path: "/class/\($0).c", origin: "\($0).c", form: .plain, digest: $0)
    }
    var settings = SlurmGrading.Settings(jobs: 2, options: [], command: ["true"])
    (settings.journalInterval, settings.queueInterval) = (.milliseconds(10), .milliseconds(10))
    (settings.delay, settings.silence) = (.milliseconds(100), silence)
    var grading = SlurmGrading(
      lab: lab, journal: journal, header: header, submissions: submissions, results: results,
      client: try client(), settings: settings)
    grading.note = { note in story.lines.withLock { $0.append(note.text) } }
    try await grading.grade()
    return journal.book
  }

  /// sbatch fails once as it does where the controller is away; the job has been taken, or not.
  @Test(arguments: [true, false]) func aControllerThatIsAwayIsAskedAgain(isTaken: Bool) async throws {
    let root = fixture.root.path
    try write(
      "sbatch",
      """
      echo x >>\(root)/calls
      [ -e \(root)/away ] && { echo 7; exit 0; }
      touch \(root)/away
      echo 'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)' >&2
      exit 1
      """)
    // It tells of the job once, for whoever asks whether it was taken.
    try write(
      "squeue",
      "[ -e \(root)/away ] && [ ! -e \(root)/told ] && touch \(root)/told && \(isTaken ? "echo '7_1|PENDING|None'" : "true"); true"
    )
    let story = Story()
    await #expect(throws: LabError.self) { try await grade(story) }
    let calls = try String(contentsOf: fixture.root.appending(path: "calls"), encoding: .utf8)
    #expect(story.text.contains("Slurm does not answer"))
    #expect(calls.count { $0 == "x" } >= (isTaken ? 1 : 2))
    #expect(!story.text.contains("refused"))
  }

  @Test func tasksThatLeaveNothingTellThatTheFolderIsNotShared() async throws {
    await #expect {
      try await grade(Story())
    } throws: {
      ($0 as? LabError)?.code == "slurm.notShared" && "\($0)".contains("grades/shards/1")
    }
  }

  /// Two arrays in which no task gets as far as to run anything.
  @Test func whatNoTaskBringsFurtherIsAnErrorWithTheirLastWords() async throws {
    try write(
      "sbatch",
      """
      for folder in "$LAB_ROOT"/grades/shards/*; do
        for n in 1 2; do printf 'working\\nlab: no set-up here\\n  run ./setup\\n' >"$folder/$n.log"; done
      done
      echo 7
      """)
    let story = Story()
    let book = try await grade(story)
    for student in ["ann", "bob"] {
      let result = try #require(book.records[student]?.result)
      #expect(result.verdict == .error)
      let message = "its Slurm task ended 2 times without a result: lab: no set-up here"
      #expect(result.attempts.last?.error?.message == message)
    }
    #expect(story.text.components(separatedBy: "Slurm job 7: 2 tasks, at most 2 at a time").count == 3, "\(story.text)")
  }

  @Test func aSlurmThatFallsSilentIsGivenUpAndItsJobIsNot() async throws {
    try write("squeue", "echo 'squeue: error: Unable to contact slurm controller' >&2; exit 1")
    try write("scancel", "touch \"$LAB_ROOT/cancelled\"")
    await #expect {
      try await grade(Story(), silence: .milliseconds(500))
    } throws: {
      ($0 as? LabError)?.code == "slurm.silent" && "\($0)".contains("Unable to contact")
    }
    #expect(!FileManager.default.fileExists(atPath: fixture.root.path + "/cancelled"))
  }

  @Test func tasksThatWaitAreToldWhyOnce() async throws {
    try write(
      "squeue",
      """
      n=$(cat "$LAB_ROOT/count" 2>/dev/null || echo 0)
      echo $((n + 1)) >"$LAB_ROOT/count"
      case $n in
        0) echo '7_1|PENDING|JobArrayTaskLimit' ;;
        1 | 2 | 3) echo '7_1|PENDING|Resources'; echo '7_2|PENDING|JobArrayTaskLimit' ;;
      esac
      """)
    let story = Story()
    await #expect(throws: LabError.self) { try await grade(story) }
    #expect(story.text.components(separatedBy: "Slurm lets all tasks wait: Resources").count == 2, "\(story.text)")
    #expect(!story.text.contains("JobArrayTaskLimit"))
  }

  @Test(arguments: [
    ["--engine", "slurm", "--shard", "1/2"], ["--engine", "slurm", "--merge", "x"], ["--slurm-options", "--time=5"],
    ["--engine", "slurm", "--slurm-options", "script"], ["--shard", "3/2"], ["--shard", "1/2", "--merge", "x"],
    ["--shard", "1/2", "--rerun", "ann"], ["--merge", "x", "--rerun", "all"],
  ])
  func callsThatContradictThemselvesAreRefused(options: [String]) async {
    #expect(await fixture.run(["grade", "9", "class", "--output", "grades"] + options).code == 64)
  }
}
