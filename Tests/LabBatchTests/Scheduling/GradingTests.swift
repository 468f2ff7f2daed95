// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Synchronization
import Testing

@testable import LabBatch

@Suite(.timeLimit(.minutes(120))) struct GradingTests {
  private let folder: TemporaryFolder
  private let lab: Lab

  init() throws {
    folder = try TemporaryFolder()
    lab = try Sample.lab()
  }

  /// What a test's runner was asked for.
  private final class Runs: Sendable {
    private let runs = Mutex<[GradingRun]>([])
    private let counts = Mutex((now: 0, most: 0))

    var all: [GradingRun] { runs.withLock { $0 } }
    var folders: [String] { all.map(\.folder) }
    var most: Int { counts.withLock { $0.most } }

    /// - Returns: how often this student's submission has been run, this time included.
    func take(_ run: GradingRun) -> Int {
      runs.withLock { runs in
        runs.append(run)
        return runs.count { $0.submission.student == run.submission.student }
      }
    }

    func during<Value>(_ body: () async throws -> Value) async rethrows -> Value {
      counts.withLock { counts in
        counts.now += 1
        counts.most = max(counts.most, counts.now)
      }
      defer { counts.withLock { $0.now -= 1 } }
      return try await body()
    }
  }

  private func journal() throws -> Journal {
    let journal = try Journal(in: folder.url, shown: "grades")
    if journal.book.header == nil { try journal.append(.lab(Sample.header)) }
    return journal
  }

  /// Grades some students.
  private func grade(
    _ students: [String], in journal: Journal, jobs: Int = 2, retries: Int = 2, deadline: Duration = .seconds(60),
    rerun: [Rerun] = [], examine: @escaping @Sendable (LabError?) throws -> Void = { _ in },
    run: @escaping SubmissionRunner
  ) async throws {
    let plan = try GradingPlan(
      students.map { Sample.submission($0) }, book: journal.book, header: Sample.header, rerun: rerun)
    try journal.append(.began(GradingSession(jobs: jobs, isConfined: true, rerun: rerun, asked: plan.asked)))
    var settings = Grading.Settings(jobs: jobs, retries: retries, deadline: deadline)
    settings.interval = .milliseconds(5)
    try await Grading(lab: lab, journal: journal, settings: settings, examine: examine, run: run).grade(plan.items)
    try journal.append(.finished)
  }

  @Test(arguments: [1, 2, 5]) func gradesEachOnceAndNoMoreThanAskedForAtATime(jobs: Int) async throws {
    let runs = Runs()
    let journal = try journal()
    let students = (0..<20).map { "s\($0)" }
    try await grade(students, in: journal, jobs: jobs) { run in
      _ = runs.take(run)
      return try await runs.during {
        try await Task.sleep(for: .milliseconds(3))
        return try Sample.run(run.submission.student.hasSuffix("3") ? .fail : .pass)
      }
    }
    #expect(runs.folders.sorted() == students.map { "runs/\($0)/1" }.sorted())
    #expect(runs.most <= jobs)
    if jobs == 1 { #expect(runs.folders == students.sorted().map { "runs/\($0)/1" }) }
    #expect(journal.book.records.filter { $0.value.result?.verdict == .fail }.keys.sorted() == ["s13", "s3"])
  }

  @Test func aFailureOfTheLabIsTriedAgainAndEveryAttemptIsRecorded() async throws {
    let runs = Runs()
    let journal = try journal()
    try await grade(["ann", "bob", "cyd"], in: journal) { run in
      let count = runs.take(run)
      switch run.submission.student {
      case "ann": return try Sample.run(.pass)
      case "bob" where count == 1: throw Sample.overloaded
      case "bob": return try Sample.run(.pass)
      default: return try Sample.run(.error)
      }
    }
    let results = journal.book.records.mapValues(\.result)
    #expect(results["bob"]??.verdict == .pass)
    #expect(results["bob"]??.attempts.map(\.verdict) == [.error, .pass])
    #expect(results["bob"]??.attempts.map(\.runFolder) == ["runs/bob/1", "runs/bob/2"])
    #expect(results["bob"]??.attempts.first?.error == Sample.overloaded)
    #expect(results["cyd"]??.verdict == .error)
    #expect(results["cyd"]??.attempts.count == 3)
    #expect(results["cyd"]??.points == 0)
    #expect(runs.all.count == 6)
  }

  @Test func aWrongCallIsNotTriedAgain() async throws {
    let runs = Runs()
    let journal = try journal()
    try await grade(["ann"], in: journal) { run in
      _ = runs.take(run)
      throw LabError(code: "submission.missing", message: "it is gone", isUsage: true)
    }
    #expect(runs.all.count == 1)
    #expect(journal.book.records["ann"]?.result?.verdict == .error)
  }

  @Test func aRunThatNeverEndsIsAFailureOfTheLabAndTouchesNobody() async throws {
    let journal = try journal()
    try await grade(["ann", "bob", "cyd"], in: journal, retries: 0, deadline: .milliseconds(50)) { run in
      if run.submission.student == "bob" { try await Task.sleep(for: .seconds(3600)) }
      return try Sample.run(.pass)
    }
    let results = journal.book.records.mapValues(\.result)
    #expect(results["bob"]??.attempts.first?.error?.code == "run.too-slow")
    #expect(results["bob"]??.verdict == .error)
    #expect(results["ann"]??.verdict == .pass)
    #expect(results["cyd"]??.verdict == .pass)
  }

  @Test(arguments: ["emulator.missing", "setup.gone", "disk.full"])
  func whatEveryRunWouldFailOfEndsItAndIsNobodysResult(code: String) async throws {
    let journal = try journal()
    let runs = Runs()
    await #expect(throws: LabError(code: code, message: "no")) {
      try await grade(["ann", "bob", "cyd"], in: journal, jobs: 1) { run in
        if runs.take(run) == 1, run.submission.student == "bob" { throw LabError(code: code, message: "no") }
        return try Sample.run(.pass)
      }
    }
    #expect(journal.book.records.filter { $0.value.result != nil }.keys.sorted() == ["ann"])
    try await grade(["ann", "bob", "cyd"], in: journal) { _ in try Sample.run(.pass) }
    #expect(journal.book.records["bob"]?.result?.attempts.map(\.runFolder) == ["runs/bob/1"])
  }

  @Test func whatASubmissionMayHaveForgedIsFoundOut() async throws {
    let forged = LabError(code: "sandbox.forbidden", message: "no")
    let journal = try journal()
    let asked = Mutex<[LabError]>([])
    try await grade(
      ["ann", "bob"], in: journal, retries: 0, examine: { error in asked.withLock { $0 += error.map { [$0] } ?? [] } }
    ) { run in
      if run.submission.student == "ann" { throw forged }
      return try Sample.run(.pass)
    }
    #expect(asked.withLock { $0 } == [forged])
    #expect(journal.book.records["ann"]?.result?.verdict == .error)
    #expect(journal.book.records["bob"]?.result?.verdict == .pass)
  }

  @Test func stopsWhereTheHostHasNoRoom() async throws {
    let journal = try journal()
    let runs = Runs()
    await #expect(throws: LabError(code: "disk.full", message: "full")) {
      try await grade(
        ["ann", "bob"], in: journal, jobs: 1,
        examine: { _ in if !runs.all.isEmpty { throw LabError(code: "disk.full", message: "full") } }
      ) { run in
        _ = runs.take(run)
        return try Sample.run(.pass)
      }
    }
    #expect(runs.folders == ["runs/ann/1"])
    #expect(journal.book.records["ann"]?.result?.verdict == .pass)
  }

  @Test func anInterruptedGradingGoesOnToTheSameResults() async throws {
    let students = (0..<12).map { "s\($0)" }
    let journal = try journal()
    let runs = Runs()
    let work = Task {
      try await grade(students, in: journal, jobs: 3) { run in
        // The first four come to an end; the others wait for theirs until they are interrupted.
        if runs.take(run) == 1, runs.all.count > 4 { try await Task.sleep(for: .seconds(3600)) }
        return try Sample.run(.pass)
      }
    }
    while journal.book.records.values.count(where: { $0.result != nil }) < 4 {
      try await Task.sleep(for: .milliseconds(1))
    }
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
    #expect(journal.book.records.values.count { $0.result != nil } == 4)
    try await grade(students, in: journal, jobs: 2) { _ in try Sample.run(.pass) }
    #expect(journal.book.records.values.allSatisfy { $0.result?.verdict == .pass && $0.runs == 1 })
    #expect(journal.book.records.count == 12)
  }

  @Test func tellsARunWhichHandInItIs() async throws {
    let journal = try journal()
    let runs = Runs()
    for digest in ["a", "a", "b"] {
      let plan = try GradingPlan(
        [Sample.submission("ann", digest: digest)], book: journal.book, header: Sample.header, rerun: [.all])
      try journal.append(.began(Sample.session))
      let settings = Grading.Settings(jobs: 1, deadline: .seconds(60))
      try await Grading(lab: lab, journal: journal, settings: settings) { run in
        _ = runs.take(run)
        return try Sample.run(.fail)
      }.grade(plan.items)
      try journal.append(.finished)
    }
    #expect(runs.all.map(\.handIn) == [1, 1, 2])
    #expect(runs.folders == ["runs/ann/1", "runs/ann/2", "runs/ann/3"])
  }
}
