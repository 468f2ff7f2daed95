// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import LabBatch
import LabModel
import LabSandbox

/// Grades a class.
struct GradeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade", abstract: "Grade what a class has handed in.",
    usage: "lab grade <lab> <folder> --output <folder> [<options>]",
    discussion: """
      The folder holds one file, folder or archive (zip, tar) for each student; its name, without the extension, is the \
      student's. Each is built, booted and graded as 'lab run' does it, some at a time.

        lab grade 3 class --output grades             grade all, or go on

      The same command goes on after Ctrl-C, a crash or a power cut. More options:

        --rerun errors      once more where the lab failed
        --rerun ann         once more for one student
        --roster class.csv  with names, and with who has handed in nothing
        --shard 2/8         one part of eight, on a computer of its own
        --merge part-*      take the parts together, as if one had graded all
        --engine slurm      run the programs on the nodes of a Slurm cluster

      Whoever has a result keeps it: a call grades what is new, what has changed, and what --rerun names, and tells what came to \
      another result and why. A failure of the lab is nobody's fail: such a run is repeated, and if it does not get through, the \
      student has no grade and is in errors.csv.

      The output folder gets index.html and a page a student, class.json (all of it, for programs), grades.csv, gradescope/ and \
      summary.md; runs/<student>/<n>/ is the run folder of each run, and journal.jsonl the record that is gone on from.
      """)

  @Argument(help: "The lab's number or name; 'lab list' shows them.")
  var lab: String

  @Argument(help: "The folder with what the class has handed in.", completion: .directory)
  var folder: String

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("Where the results go: a new folder, or that of an earlier call.", valueName: "folder"),
    completion: .directory)
  var results: String

  @Option(
    help: ArgumentHelp("The class's students: a CSV file with a row of column names.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var roster: String?

  @OptionGroup var output: OutputOptions

  @OptionGroup var tools: ToolOptions

  @Option(help: "The only language that is taken; a program in another one fails as one that does not build.")
  var language: FirmwareLanguage?

  @Option(
    help: ArgumentHelp(
      "How many submissions run at a time; as many as there are processors, memory allowing, unless told.",
      valueName: "n"))
  var jobs: Int?

  @Option(
    name: .customLong("rerun"),
    help: ArgumentHelp(
      "Grade again: errors (where the lab failed), failed, all, or a student. May be given several times.",
      valueName: "what"))
  var reruns: [String] = []

  @Option(help: ArgumentHelp("How often a run is repeated that the lab failed in.", valueName: "n"))
  var retries = 2

  @OptionGroup(title: "Beyond one computer") var spread: SpreadOptions

  func validate() throws {
    let limit = spread.engine.isSlurm ? 1000 : 64
    if let jobs, !(1...limit).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to \(limit).") }
    guard (0...10).contains(retries) else { throw ValidationError("--retries takes a number from 0 to 10.") }
    try spread.validate(reruns.map { Rerun($0) })
  }

  func run() async throws {
    let console = Console.current
    let checkout = try Checkout(console)
    tools.warn(console)
    let jobs = jobs ?? (spread.engine.isSlurm ? Self.defaultTasks : Self.defaultJobs)
    try InheritedLimits.ensureRoom(forRuns: spread.engine.isSlurm ? 1 : jobs)
    let session = GradeSession(
      lab: try checkout.library.lab(named: lab), checkout: checkout, folder: console.resolve(folder),
      roster: roster.map { console.resolve($0) }, results: console.resolve(results), tools: tools, language: language,
      jobs: jobs,
      rerun: reruns.map { Rerun($0) }, retries: retries,
      shard: spread.shard, engine: spread.engine, output: output, console: console)
    let shards = spread.merged.map { console.resolve($0) }
    let exitCode = try await shards.isEmpty ? session.run() : session.merge(shards)
    if exitCode != 0 { throw ExitCode(exitCode) }
  }

  /// How many tasks a cluster runs at a time, unless told: nothing of this computer says how many it has room for.
  private static let defaultTasks = 16

  private static var defaultJobs: Int {
    DefaultJobs.count(cores: ProcessInfo.processInfo.activeProcessorCount, memory: HostProbe.availableMemory)
  }
}
