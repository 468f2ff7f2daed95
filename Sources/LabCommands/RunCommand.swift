// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import LabModel
import LabReports
import LabSandbox

/// Runs a lab.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Build a program, boot it on an emulated board, and grade it.",
    usage: "lab [run] <lab> [<path>] [<options>]",
    discussion: """
      Without a path, the course's own solution is run. A path is your program, in C or in Embedded Swift: a file with \
      app_main(), a folder of them, an ESP-IDF project (CMakeLists.txt and main/), or a zip or tar archive of these.

        lab 3                              try lab 3
        lab 3 firmware/03-command-server   grade a project
        lab 3 --language swift             try lab 3 with the solution in Swift
        lab 3 main.c --format json         the result for a program to read
        lab 3 main.c --sdk idf             build it with ESP-IDF
        lab 3 --image flash.bin            grade an image that was built elsewhere
        lab run all                        try all of the course's solutions

      Each run leaves a folder: transcript.txt (console, wire and clients on one clock), uart.log, capture.pcapng (open it with \
      Wireshark), build.log, result.json ('lab schema' describes it), and junit.xml and summary.md for CI services. Press Ctrl-C once \
      to stop a run and keep what was recorded, twice to stop at once.
      """)

  @Argument(help: "The lab's number or name, or all; 'lab list' shows them.")
  var lab: String

  @Argument(help: "The program to grade.", completion: .file())
  var path: String?

  @OptionGroup var output: OutputOptions

  @OptionGroup var tools: ToolOptions

  @Option(
    help: ArgumentHelp("Grade a whole flash image that was built elsewhere, and build nothing.", valueName: "file"),
    completion: .file())
  var image: String?

  @Option(
    help: ArgumentHelp("With --image, the program's ELF file, which tells where a panic happened.", valueName: "file"),
    completion: .file())
  var elf: String?

  @Option(
    help: """
      The language of the course's own solution to run; C unless told, and every language with all. A path decides that by itself; with this option as well, a program in \
      another language is refused.
      """)
  var language: FirmwareLanguage?

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("The run folder; it must not exist yet, or be empty.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp("With all, how many labs run at a time; one for each processor unless told.", valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp("Which of the student's attempts it is: some labs keep hints for a later one.", valueName: "n"))
  var attempt = 1

  @Flag(
    name: .customLong("instructor"),
    help: "Show what a student does not see as well: hidden checks, and hints of later attempts.")
  var isForInstructor = false

  /// What stands for all labs.
  private static let all = "all"
  private static var defaultJobs: Int { ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if lab == Self.all, path != nil {
      throw ValidationError("'lab run all' runs the course's own solutions; name one lab to grade a program.")
    }
    if image != nil {
      if lab == Self.all || path != nil {
        throw ValidationError("--image takes the place of a program: name one lab, and no path.")
      }
      if language != nil || tools.sdk != .auto {
        throw ValidationError("An image is built already: --language and --sdk do not go with --image.")
      }
    }
    if elf != nil, image == nil { throw ValidationError("--elf goes with --image.") }
    if lab != Self.all, jobs != nil { throw ValidationError("--jobs goes with 'lab run all'.") }
    if attempt < 1 { throw ValidationError("--attempt counts from 1.") }
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 64.") }
  }

  func run() async throws {
    let console = Console.current
    let checkout = try Checkout(console)
    tools.warn(console)
    try InheritedLimits.ensureRoom(forRuns: lab == Self.all ? jobs ?? Self.defaultJobs : 1)
    let exitCode =
      lab == Self.all ? try await runAll(checkout, console) : try await runOne(checkout, console)
    if exitCode != 0 { throw ExitCode(exitCode) }
  }

  private func runOne(_ checkout: Checkout, _ console: Console) async throws -> Int32 {
    let definition = try definition(checkout)
    let session = try session(definition, in: language, tools.finder(checkout, console), checkout, console)
    return try await show(definition, session, console).exitCode
  }

  private func runAll(_ checkout: Checkout, _ console: Console) async throws -> Int32 {
    let (readable, problems) = try checkout.library.readableLabs()
    let solutions = readable.flatMap { lab in
      checkout.solutions(of: lab).filter { language == nil || $0 == language }.map { (lab, $0) }
    }
    guard !solutions.isEmpty else {
      throw LabError(code: "lab.none", message: "there is no solution to run", isUsage: true)
    }
    let labs = solutions.map(\.0)
    let tools = tools.finder(checkout, console)
    let runs = AllLabs(
      sessions: try solutions.map { try session($0, in: $1, tools, checkout, console) },
      jobs: jobs ?? Self.defaultJobs, console: console)
    let style = console.style(output.color)
    let report = BatchReport(labs: labs, style: style)
    if output.format == .text { console.output.write(report.heading) }
    let batch = try await runs.run { [output] result in
      if output.format == .text { console.output.write(report.line(result)) }
    }
    switch output.format {
    case .text:
      for (lab, result) in zip(labs, batch.results) where result.verdict != .pass {
        let report = TerminalReport(lab: lab, style: style, reader: reader)
        console.output.write("\n\(report.heading(lab: lab))\(report.summary(result))")
      }
      console.output.write(report.summary(batch))
    case .json: try console.output.write(json: batch)
    }
    if let problem = LabError(all: problems) { throw problem }
    return batch.exitCode
  }

  private func session(
    _ lab: Lab, in language: FirmwareLanguage?, _ tools: ToolFinder, _ checkout: Checkout, _ console: Console
  ) throws -> RunSession {
    RunSession(
      lab: lab, checkout: checkout, subject: subject, language: language, tools: tools,
      runFolder: try makeFolder(checkout, lab, language, console), console: console, attempt: attempt, reader: reader)
  }

  private var reader: Visibility { isForInstructor ? .instructor : .student }

  private var subject: RunSession.Subject {
    if let image { return .image(image, elf: elf) }
    return path.map { .submission($0) } ?? .reference
  }

  /// The lab that is meant. A mistyped subcommand looks like a lab, so for an unknown one the subcommands are guessed at too.
  private func definition(_ checkout: Checkout) throws -> Lab {
    do {
      return try checkout.library.lab(named: lab)
    } catch let failure as LabError where failure.code == "lab.unknown" {
      var error = failure
      let subcommands = LabCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
      if let nearest = lab.nearest(in: subcommands) {
        error.remedy = "Did you mean 'lab \(nearest)'? " + (error.remedy ?? "")
      }
      throw error
    }
  }

  private func makeFolder(
    _ checkout: Checkout, _ lab: Lab, _ language: FirmwareLanguage?, _ console: Console
  ) throws -> RunFolder {
    if let folder {
      let isShared = self.lab == Self.all
      let url = console.resolve(folder)
      let name = lab.name + (language?.folderSuffix ?? "")
      return try RunFolder(at: isShared ? url.appending(path: name) : url, shown: folder)
    }
    // A checkout that others share may be read-only.
    let parent = access(checkout.root.path, W_OK) == 0 ? checkout.root : console.directory
    return try RunFolder(below: parent, lab: lab.id, date: Date())
  }

  private func show(_ lab: Lab, _ session: RunSession, _ console: Console) async throws -> RunResult {
    let progressOutput = output.format == .json ? console.errors : console.output
    let style = console.style(output.color, of: progressOutput)
    let report = TerminalReport(lab: lab, style: style, reader: reader)
    let printer = ProgressPrinter(report, output: progressOutput, color: output.color, console: console)
    // Beside JSON, progress is for someone who watches.
    if output.format == .json, !style.live { printer.end() }
    if output.format == .text { console.output.write(report.heading(lab: lab)) }

    let result = try await session.run(printer)
    switch output.format {
    case .text:
      let style = console.style(output.color)
      console.output.write(TerminalReport(lab: lab, style: style, reader: reader).summary(result))
    case .json:
      try console.output.write(json: result)
    }
    return result
  }
}
