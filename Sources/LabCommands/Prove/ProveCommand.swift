// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import LabBatch
import LabModel
import LabSandbox

/// Shows which mistakes a lab does not find.
struct ProveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Show which mistakes a lab does not find.",
    usage: "lab prove <lab> [<path>] [<options>]",
    discussion: """
      Makes mutants of the lab's solution in C: each is the solution with one mistake that students make, such as a missing \
      htons(), a result that nobody looks at, or a number that is one off. Grades them all, and shows those that pass: mistakes \
      that no check finds.

        lab prove 3                        all mutants of lab 3's solution
        lab prove 3 --sample 20            twenty of them
        lab prove 3 my/main.c              those of another program in C that passes

      Some changes are no mistakes, since nobody who uses the device can tell. Write them into equal-mutants.yaml beside lab.yaml, \
      each with its reason; labs/README.md tells how.

      The same command goes on after Ctrl-C. Exit codes: 0 at least 95 % of the mutants fail, 10 fewer do.
      """)

  @Argument(help: "The lab's number or name; 'lab list' shows them.")
  var lab: String

  @Argument(
    help: "The program to change, in C; default: the lab's own solution.", completion: .file())
  var path: String?

  @Option(
    help: ArgumentHelp("Take as many of the mutants, chosen by --seed.", valueName: "n"))
  var sample: Int?

  @Option(help: ArgumentHelp("What the choice of --sample depends on; default: 1.", valueName: "n"))
  var seed = 1

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp(
      "Where the results go: a new folder, or that of an earlier call; default: a folder for the lab and the program in runs.",
      valueName: "folder"),
    completion: .directory)
  var folder: String?

  @Option(help: ArgumentHelp("How many mutants run at a time; default: two for each processor.", valueName: "n"))
  var jobs: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 64.") }
    if let sample, sample < 1 { throw ValidationError("--sample takes a number from 1.") }
  }

  func run() async throws {
    let console = Console.current
    let checkout = try Checkout(console)
    let lab = try checkout.library.lab(named: lab)
    let jobs =
      jobs ?? 2
      * DefaultJobs.count(
        cores: ProcessInfo.processInfo.activeProcessorCount, memory: HostProbe.availableMemory)
    try InheritedLimits.ensureRoom(forRuns: jobs)
    let program = path.map { console.resolve($0) } ?? checkout.reference(of: lab, in: .c)
    let name = path == nil ? "" : "-" + program.deletingPathExtension().lastPathComponent
    let results =
      folder.map { console.resolve($0) } ?? checkout.root.appending(path: "runs/prove-\(lab.name)\(name)")
    let session = ProveSession(
      lab: lab, checkout: checkout, program: program, results: results, sample: sample, seed: seed, jobs: jobs,
      output: output,
      console: console)
    let exitCode = try await session.run()
    if exitCode != 0 { throw ExitCode(exitCode) }
  }
}
