// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabFirmware
import LabModel
import LabReports
import LabSandbox

/// One call that grades a class: from what was handed in to what stands in the results' folder.
struct GradeSession: Sendable {
  let lab: Lab
  let checkout: Checkout
  /// The class folder.
  let folder: URL
  /// The class's students, if the caller has a list.
  let roster: URL?
  /// Where the results go.
  let results: URL
  let tools: ToolOptions
  let language: FirmwareLanguage?
  let jobs: Int
  let rerun: [Rerun]
  let retries: Int
  /// The part of the class that is graded; nil for all of it.
  let shard: Shard?
  /// What runs the programs.
  let engine: GradingEngine
  let output: OutputOptions
  let console: Console

  /// What `--format json` prints.
  private struct Report: Encodable {
    var `class`: ClassResult
    var folder: String
    var changes: [GradeChange]
  }

  /// Grades what is to be graded.
  /// - Returns: the exit code.
  /// - Throws: `Interruption` if a signal ended it, `LabError` if there is no going on; what has a result keeps it.
  func run() async throws -> Int32 {
    let began = ContinuousClock.now
    var intake = try ClassIntake(folder: folder, roster: roster)
    let results = try ResultsFolder(at: results, shown: console.shown(results), besides: folder)
    if !tools.isUnconfined { try await requireSandbox() }
    let slurm = try engine.isSlurm ? SlurmClient(console) : nil
    // Many compilers at once take longer than one; what they may compute is limited all the same.
    let finder = tools.finder(checkout, console, buildTimeout: .seconds(300))
    let header = try await header(finder)
    let journal = try Journal(in: results.url, shown: results.shown)
    try refuseOthers(journal, header, results)
    if let shard {
      intake.keep(
        only: try ShardRecord.students(
          of: shard, among: intake.submissions, in: results.url, shown: results.shown))
    }
    let plan = try GradingPlan(intake.submissions, book: journal.book, header: header, rerun: rerun)
    try begin(plan, journal, header)
    let cluster = try slurm.map { try slurmGrading($0, intake.submissions, journal, header, results) }
    try await grade(plan, journal, header, finder, results, on: cluster)
    return try finish(plan, intake, journal, results, since: began)
  }

  /// Writes what the results come to, and shows it.
  /// - Returns: the exit code.
  func finish(
    _ plan: GradingPlan, _ intake: ClassIntake, _ journal: Journal, _ results: ResultsFolder,
    since began: ContinuousClock.Instant
  ) throws -> Int32 {
    let record = ClassRecord(intake: intake, book: journal.book)
    let (result, changes) = (record.result(of: lab), record.changes)
    // What a part of the class comes to is nothing to keep: the whole is written when its parts are together.
    if shard == nil { try results.write(result, changes: changes) }
    try journal.append(.finished)
    switch output.format {
    case .text:
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      console.output.write(
        report(plan, console.output).summary(result, changes: changes, folder: results.shown, seconds: seconds))
    case .json:
      try console.output.write(json: Report(class: result, folder: results.shown, changes: changes))
    }
    return result.exitCode
  }

  /// What the results are about.
  private func header(_ finder: ToolFinder) async throws -> JournalHeader {
    let tools = try await finder.tools(for: language)
    return JournalHeader(
      lab: lab.id, digest: try checkout.library.digest(of: lab), sdk: tools.sdk.rawValue,
      emulator: tools.emulator.kind.rawValue, chip: tools.emulator.chip, language: language)
  }

  /// Refuses results that those of this call would not go with.
  func refuseOthers(_ journal: Journal, _ header: JournalHeader, _ results: ResultsFolder) throws {
    guard let there = journal.book.header, let difference = there.difference(from: header) else { return }
    let isOtherLab = there.lab != header.lab
    guard isOtherLab || !rerun.contains(.all) else { return }
    throw LabError(
      code: "output.other", message: "\(results.shown) cannot be gone on with: \(difference)",
      remedy: "name another folder with --output"
        + (isOtherLab ? "" : ", or grade all of the class again with --rerun all"), isUsage: true)
  }

  func begin(_ plan: GradingPlan, _ journal: Journal, _ header: JournalHeader) throws {
    let earlier = journal.book
    if earlier.header != header { try journal.append(.lab(header)) }
    // Who goes on without a word goes on with what was asked for.
    let rerun = rerun.isEmpty && !earlier.isFinished ? earlier.session?.rerun ?? [] : rerun
    try journal.append(
      .began(GradingSession(jobs: jobs, isConfined: !tools.isUnconfined, rerun: rerun, asked: plan.asked)))
  }

  private func grade(
    _ plan: GradingPlan, _ journal: Journal, _ header: JournalHeader, _ finder: ToolFinder, _ results: ResultsFolder,
    on cluster: SlurmGrading?
  ) async throws {
    let shownOn = output.format == .json ? console.errors : console.output
    let report = report(plan, shownOn)
    let total = plan.done + plan.items.count
    if output.format == .text {
      console.output.write(
        report.heading(
          lab: lab, folder: console.shown(folder), jobs: jobs, done: plan.done, errors: plan.errors,
          isResumed: plan.isResumed))
    }
    let printer = GradePrinter(
      report,
      GradingLive(total: total, done: plan.done, limit: jobs, style: console.style(output.color, of: shownOn)),
      output: shownOn, color: output.color, console: console)
    let runner = GradeRunner(
      lab: lab, checkout: checkout, header: header, tools: finder, results: results, submissions: folder,
      console: console)
    let grading = Grading(
      lab: lab, journal: journal,
      settings: Grading.Settings(jobs: jobs, retries: retries, deadline: Self.deadline(header)),
      examine: { try await examine(results, after: $0) }, report: { printer.show($0) },
      run: { try await runner.run($0) })
    let animation = Task { await printer.animate() }
    let (outcome, signal) = await SignalWatch.run(
      atFirst: { [console] signal in
        printer.end()
        console.errors.write(Printout(own: SignalWatch.notice(of: signal)))
      },
      {
        guard var cluster else { return try await grading.grade(plan.items) }
        (cluster.report, cluster.note) = ({ printer.show($0) }, { printer.note($0) })
        try await cluster.grade()
      })
    animation.cancel()
    printer.end()
    if let signal, (try? outcome.get()) == nil {
      let graded = journal.book.records.values.count { $0.result != nil }
      throw Interruption(
        signal: signal, message: "stopped with \(graded) of \(total) graded",
        remedy: "The same command goes on from there; the results so far are in \(results.shown)/\(Journal.fileName)")
    }
    try outcome.get()
  }

  /// - Throws: `LabError` if there is no going on.
  private func examine(_ results: ResultsFolder, after error: LabError?) async throws {
    try results.check()
    guard FileManager.default.isFolder(folder) else {
      throw LabError(
        code: "class.gone",
        message: "\(console.shown(folder)) is not there any more, with what the class has handed in",
        remedy: "put it back; the same command then goes on from here")
    }
    if error != nil { try WorkPlaces.check() }
    // What a program made its compiler print may look like a sandbox that does not work; so the sandbox itself is asked.
    if error?.code.hasPrefix("sandbox.") == true { try await requireSandbox() }
  }

  /// - Throws: `LabError` if there is no sandbox, and none comes about within a minute.
  private func requireSandbox() async throws {
    let unavailability = try await Sandbox.availability { [console] unavailability in
      console.errors.write("lab: no sandbox yet, which is tried again: \(unavailability.labError.message)\n")
    }
    if let unavailability { throw unavailability.labError }
  }

  private func report(_ plan: GradingPlan, _ output: TextOutput) -> GradingReport {
    GradingReport(
      lab: lab, students: plan.items.map(\.submission.student), total: plan.done + plan.items.count,
      style: console.style(self.output.color, of: output))
  }

  /// The wall time after which a run is given up: many times what the slowest takes on a slow computer. ESP-IDF's own limit for a
  /// build comes on top where it builds.
  private static func deadline(_ header: JournalHeader) -> Duration {
    .seconds(20 * 60) + (header.sdk == SDKKind.idf.rawValue ? .seconds(30 * 60) : .zero)
  }
}
