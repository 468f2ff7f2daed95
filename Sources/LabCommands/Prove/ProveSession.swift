// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabFirmware
import LabModel
import LabMutation
import LabReports
import LabSandbox

/// One call that makes mutants of a lab's solution, grades them, and tells which of them pass.
struct ProveSession: Sendable {
  let lab: Lab
  let checkout: Checkout
  /// The program to change: a folder, or a file.
  let program: URL
  /// Where the results go.
  let results: URL
  /// How many of the mutants are taken; nil for all.
  let sample: Int?
  let seed: Int
  let jobs: Int
  let output: OutputOptions
  let console: Console

  /// What the solution is called among the mutants.
  private static let solution = "solution"

  /// A mutant that is to be graded.
  private struct Candidate: Sendable {
    var mutant: Mutant
    var path: String
    var digest: String
  }

  /// - Returns: the exit code.
  /// - Throws: `Interruption` if a signal ended it, `LabError` if the solution itself does not pass, or there is no going on.
  func run() async throws -> Int32 {
    let began = ContinuousClock.now
    let finder = ToolFinder(
      wish: ToolWish(sdk: .bundled, emulator: nil, chip: nil), isConfined: true, checkout: checkout,
      environment: console.environment)
    let folder = try ResultsFolder(
      at: results, shown: console.shown(results), besides: program)
    let journal = try Journal(in: folder.url, shown: folder.shown)
    let printer = ProvePrinter(console: console, output: output)
    let (outcome, signal) = await SignalWatch.run(
      atFirst: { [console] signal in
        printer.end()
        console.errors.write(Printout(own: SignalWatch.notice(of: signal)))
      },
      { try await prove(folder, journal, finder, printer) })
    printer.end()
    if let signal, (try? outcome.get()) == nil {
      throw Interruption(
        signal: signal, message: "stopped",
        remedy: "The same command goes on from there; what is done is in \(folder.shown)")
    }
    let entries = try outcome.get()
    let result = ProofResult(lab: lab, mutants: entries, seconds: (ContinuousClock.now - began) / .seconds(1))
    try WholeFile.write(try JSONReport.render(value: result), to: folder.url.appending(path: "prove.json"))
    try journal.append(.finished)
    switch output.format {
    case .text:
      let report = ProofReport(style: console.style(output.color))
      for entry in entries where entry.outcome == .survived { console.output.write(report.survivor(entry)) }
      console.output.write(report.summary(result, folder: folder.shown))
    case .json: try console.output.write(json: result)
    }
    return result.count(.error) > 0 ? 11 : result.isMet ? 0 : 10
  }

  private func prove(
    _ folder: ResultsFolder, _ journal: Journal, _ finder: ToolFinder, _ printer: ProvePrinter
  ) async throws -> [ProofResult.Entry] {
    // A list that cannot be read is told before the work and not after it.
    let equal = try checkout.library.equalMutants(of: lab)
    let tools = try await finder.tools(for: .c)
    guard let builder = tools.builder as? FirmwareBuilder else {
      throw LabError(code: "prove.sdk", message: "mutants are built with the bundled SDK", remedy: "run ./setup")
    }
    let workshop = MutantWorkshop(
      program: program, folder: folder.url.appending(path: "mutants"), builder: builder)
    printer.note("Making mutants of \(console.shown(workshop.program))")
    let all = try await workshop.mutants(SyntaxTrees(sdk: builder.sdk, sandbox: try await finder.sandbox()))
    let chosen = sampled(all)
    printer.note("\(chosen.count) mutants\(chosen.count < all.count ? " of \(all.count)" : ""), \(jobs) at a time")
    let (candidates, settled) = try await build(chosen, workshop, printer)
    try await grade(candidates, workshop, journal, folder, finder, tools, printer)
    return chosen.map { settled[$0.mutant.id] ?? entry(of: $0.mutant, journal.book, equal) }
  }

  /// The mutants that are taken, in the order of the source.
  private func sampled(_ all: [MadeMutant]) -> [MadeMutant] {
    guard let sample else { return all }
    let ranks = Dictionary(uniqueKeysWithValues: all.map { ($0.mutant.id, rank($0.mutant)) })
    let kept = Set(ranks.sorted { $0.value < $1.value }.prefix(sample).map(\.key))
    return all.filter { kept.contains($0.mutant.id) }
  }

  private func rank(_ mutant: Mutant) -> String {
    var hash = ContentHash()
    hash.add("\(seed)")
    hash.add(mutant.id)
    return hash.finish()
  }

  /// Builds the mutants, some at a time.
  /// - Returns: those that are to be graded, and what became of the others, by their ids.
  private func build(
    _ mutants: [MadeMutant], _ workshop: MutantWorkshop, _ printer: ProvePrinter
  ) async throws -> ([Candidate], [String: ProofResult.Entry]) {
    let original = workshop.folder.appending(path: Self.solution)
    try workshop.copy(to: original)
    guard case .program(let solution) = try await workshop.build(original.path) else {
      throw LabError(
        code: "prove.solution", message: "\(console.shown(workshop.program)) does not build",
        remedy: "lab run \(lab.id) \(console.shown(workshop.program)) tells why", isUsage: true)
    }
    printer.begin("built", total: mutants.count)
    let builds = try await withThrowingTaskGroup(of: (Int, Candidate, MutantWorkshop.Build).self) { group in
      var builds: [(Candidate, MutantWorkshop.Build)?] = Array(repeating: nil, count: mutants.count)
      for (index, made) in mutants.enumerated() {
        if index >= jobs, let (place, candidate, build) = try await group.next() { builds[place] = (candidate, build) }
        let path = try workshop.write(made)
        group.addTask {
          let build = try await workshop.build(path)
          printer.step()
          return (index, Candidate(mutant: made.mutant, path: path, digest: made.digest), build)
        }
      }
      for try await (place, candidate, build) in group { builds[place] = (candidate, build) }
      return builds.compactMap { $0 }
    }
    var known = [solution: "the solution"]
    var settled: [String: ProofResult.Entry] = [:]
    var candidates: [Candidate] = []
    for (candidate, build) in builds {
      let mutant = candidate.mutant
      switch build {
      case .unbuilt: settled[mutant.id] = ProofResult.Entry(mutant, .unbuilt)
      case .program(let digest):
        if let twin = known[digest] {
          settled[mutant.id] = ProofResult.Entry(mutant, .same, reason: "the same program as \(twin)")
        } else {
          known[digest] = mutant.id
          candidates.append(candidate)
        }
      }
    }
    return (candidates, settled)
  }

  private func grade(
    _ candidates: [Candidate], _ workshop: MutantWorkshop, _ journal: Journal, _ folder: ResultsFolder,
    _ finder: ToolFinder, _ tools: RunTools, _ printer: ProvePrinter
  ) async throws {
    let original = workshop.folder.appending(path: Self.solution).path
    let submissions =
      [submission(Self.solution, original, digest: "")]
      + candidates.map { submission($0.mutant.id, $0.path, digest: $0.digest) }
    let header = JournalHeader(
      lab: lab.id, digest: try checkout.library.digest(of: lab), sdk: tools.sdk.rawValue,
      emulator: tools.emulator.kind.rawValue, chip: tools.emulator.chip, language: .c)
    let isOther = journal.book.header.map { $0 != header } ?? true
    if isOther { try journal.append(.lab(header)) }
    let plan = try GradingPlan(submissions, book: journal.book, header: header, rerun: [.errors])
    try journal.append(.began(GradingSession(jobs: jobs, isConfined: true, rerun: [.errors], asked: plan.asked)))
    printer.begin("graded", total: plan.done + plan.items.count, done: plan.done)
    let grading = Grading(
      lab: lab, journal: journal, settings: Grading.Settings(jobs: jobs, deadline: .seconds(20 * 60)),
      examine: { _ in try folder.check() },
      report: { if case .graded = $0 { printer.step() } },
      run: { run in
        let result = try await RunSession(
          lab: lab, checkout: checkout, subject: .submission(run.submission.path), language: .c, tools: finder,
          runFolder: try folder.makeRunFolder(run.folder), console: console, name: run.submission.origin
        ).grade { _ in }
        // What is found needs no evidence; what is not found is looked at.
        if result.verdict == .fail { try? FileManager.default.removeItem(at: folder.url.appending(path: run.folder)) }
        return result
      })
    try await grading.grade(plan.items)
    guard let result = journal.book.records[Self.solution]?.result, result.verdict == .pass else {
      throw LabError(
        code: "prove.solution", message: "\(console.shown(workshop.program)) itself does not pass",
        remedy: "lab run \(lab.id) \(console.shown(workshop.program)) tells why", isUsage: true)
    }
  }

  private func submission(_ name: String, _ path: String, digest: String) -> ClassSubmission {
    ClassSubmission(student: name, path: path, origin: name, form: .plain, digest: digest)
  }

  private func entry(of mutant: Mutant, _ book: GradeBook, _ equal: EqualMutants) -> ProofResult.Entry {
    guard let result = book.records[mutant.id]?.result else {
      return ProofResult.Entry(mutant, .error, reason: "it was not graded")
    }
    switch result.verdict {
    case .pass:
      let match = equal.entries.first {
        $0.covers(
          before: mutant.before, after: mutant.after, function: mutant.function, kind: mutant.operator.rawValue)
      }
      return ProofResult.Entry(mutant, match == nil ? .survived : .equal, reason: match?.reason)
    case .fail:
      var entry = ProofResult.Entry(mutant, .killed)
      entry.failed = result.checks.filter { $0.status == .fail }.map(\.id)
      entry.hints = result.checks.flatMap(\.hints)
      return entry
    case .error, .missing:
      return ProofResult.Entry(mutant, .error, reason: result.attempts.last?.error?.message)
    }
  }
}
