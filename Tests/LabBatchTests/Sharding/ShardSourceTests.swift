// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabBatch

/// A folder with a journal and run folders, as a grading leaves it.
private final class Part: Sendable {
  let folder: TemporaryFolder
  var url: URL { folder.url }

  init() throws { folder = try TemporaryFolder() }

  func open() throws -> Journal { try Journal(in: url, shown: "part") }

  /// Writes events; the run folder of each run is there.
  @discardableResult func add(_ events: JournalEvent...) throws -> Self {
    let journal = try open()
    for event in events {
      try journal.append(event)
      switch event {
      case .graded(let graded): try makeRun(try #require(graded.result.runFolder))
      case .retried(let run): try makeRun(run.attempt.runFolder)
      default: break
      }
    }
    return self
  }

  private func makeRun(_ name: String) throws {
    let run = url.appending(path: name)
    guard !FileManager.default.fileExists(atPath: run.path) else { return }
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    try Data("of \(url.lastPathComponent)/\(name)".utf8).write(to: run.appending(path: "result.json"))
  }

  func text(_ name: String) -> String? { try? String(contentsOf: url.appending(path: name), encoding: .utf8) }

  /// Takes the results of others.
  @discardableResult func merge(_ parts: Part...) throws -> GradeBook {
    let journal = try open()
    for part in parts {
      var source = try ShardSource(part.url, shown: "shard")
      _ = try source.take(into: journal, in: url)
    }
    return journal.book
  }
}

@Suite struct ShardSourceTests {
  private let whole: Part

  init() throws {
    whole = try Part()
    try whole.add(.lab(Sample.header), .began(Sample.session))
  }

  private func part(_ events: JournalEvent...) throws -> Part {
    let part = try Part().add(.lab(Sample.header), .began(Sample.session))
    for event in events { try part.add(event) }
    return part
  }

  private func retried(_ student: String, run: Int) -> JournalEvent {
    .retried(
      RetriedRun(
        student: student, digest: "a",
        attempt: .init(verdict: .error, error: Sample.overloaded, runFolder: "runs/\(student)/\(run)")))
  }

  /// A result of a later run.
  private func graded(_ student: String, _ status: CheckStatus, runs: ClosedRange<Int>) throws -> JournalEvent {
    guard case .graded(var graded) = try Sample.graded(student, status) else { throw CancellationError() }
    let verdict = graded.result.attempts[0].verdict
    graded.result.attempts = runs.map {
      .init(verdict: $0 == runs.upperBound ? verdict : .error, runFolder: "runs/\(student)/\($0)")
    }
    return .graded(graded)
  }

  @Test func takesResultsAndRunFolders() throws {
    let (one, two) = (try part(try Sample.graded("ann", .pass)), try part(try Sample.graded("bob", .fail)))
    let book = try whole.merge(one, two)
    #expect(book.records["ann"]?.result == (try Sample.result("ann", .pass)))
    #expect(book.records["bob"]?.result == (try Sample.result("bob", .fail)))
    #expect(whole.text("runs/ann/1/result.json") == "of \(one.url.lastPathComponent)/runs/ann/1")
    #expect(one.text("runs/ann/1/result.json") == nil)
    #expect(try whole.open().book == book)
  }

  @Test func isTheSameWhenRepeated() throws {
    let one = try part(retried("ann", run: 1), try graded("ann", .pass, runs: 1...2))
    let book = try whole.merge(one)
    let journal = whole.text(Journal.fileName)
    #expect(try whole.merge(one, one) == book)
    #expect(whole.text(Journal.fileName) == journal)
    #expect(book.records["ann"]?.runs == 2)
  }

  @Test func numbersRunsAnewWhereTheNumberIsTaken() throws {
    try whole.add(try Sample.graded("ann", .fail))
    let one = try part(retried("ann", run: 1), try graded("ann", .pass, runs: 1...2))
    let book = try whole.merge(one)
    let record = try #require(book.records["ann"])
    #expect(record.result?.attempts.map(\.runFolder) == ["runs/ann/2", "runs/ann/3"])
    #expect(record.reason == .asked)
    #expect(record.runs == 3)
    #expect(whole.text("runs/ann/1/result.json")?.contains(whole.url.lastPathComponent) == true)
    #expect(whole.text("runs/ann/3/result.json") == "of \(one.url.lastPathComponent)/runs/ann/2")
  }

  /// Folders are moved before the journal tells so: a journal that ends anywhere is what a kill leaves.
  @Test(arguments: 0...12) func beginsAgainWhereverItWasKilled(part share: Int) throws {
    let beginning = try #require(whole.text(Journal.fileName)).utf8.count
    let one = try part(retried("ann", run: 1), try graded("ann", .pass, runs: 1...2), try Sample.graded("bob", .fail))
    let expected = try whole.merge(one)
    let complete = Data(try #require(whole.text(Journal.fileName)).utf8)
    let length = beginning + (complete.count - beginning) * share / 12
    try complete.prefix(length).write(to: whole.url.appending(path: Journal.fileName))
    #expect(try whole.merge(one) == expected)
    for run in ["ann/1", "ann/2", "bob/1"] {
      #expect(whole.text("runs/\(run)/result.json") == "of \(one.url.lastPathComponent)/runs/\(run)")
    }
  }

  @Test func aFolderHalfCopiedIsCopiedAgain() throws {
    let one = try part(try Sample.graded("ann", .pass))
    let rest = whole.url.appending(path: "runs/ann/1")
    try FileManager.default.createDirectory(at: rest, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: rest.appending(path: "leftover"))
    try whole.merge(one)
    #expect(whole.text("runs/ann/1/leftover") == nil)
    #expect(whole.text("runs/ann/1/result.json")?.contains(one.url.lastPathComponent) == true)
  }

  @Test func leavesWhatWasGradedForAnotherLab() throws {
    var header = Sample.header
    header.digest = "d0"
    let one = try Part().add(.lab(header), .began(Sample.session), try Sample.graded("ann", .fail))
    try one.add(.lab(Sample.header), try Sample.graded("bob", .pass))
    #expect(try ShardSource(one.url, shown: "shard").header == Sample.header)
    let book = try whole.merge(one)
    #expect(book.records.keys.sorted() == ["bob"])
    #expect(one.text("runs/ann/1/result.json") != nil)
  }

  @Test func anOlderResultDoesNotReplaceANewerOne() throws {
    let journal = try whole.open()
    try journal.append(try Sample.graded("ann", .pass), at: Date(timeIntervalSinceNow: 60), origin: "elsewhere")
    let one = try part(try Sample.graded("ann", .fail))
    var source = try ShardSource(one.url, shown: "shard")
    #expect(try source.take(into: journal, in: whole.url).isEmpty)
    #expect(source.outdated == ["ann"])
    #expect(journal.book.records["ann"]?.result?.verdict == .pass)
  }

  @Test func remembersThatThereWasNoSandbox() throws {
    let one = try Part().add(
      .lab(Sample.header), .began(GradingSession(jobs: 1, isConfined: false)), try Sample.graded("ann", .pass))
    let two = try part(try Sample.graded("bob", .pass))
    let book = try whole.merge(one, two)
    #expect(book.records["ann"]?.isConfined == false)
    #expect(book.records["bob"]?.isConfined == true)
  }

  @Test(arguments: ["runs/../../etc", "runs/ann/x", "runs/ann/../1", "/etc", "runs/bob/1", "runs/ann/-1"])
  func aRunFolderThatIsNoneIsRefused(folder: String) throws {
    guard case .graded(var graded) = try Sample.graded("ann", .pass) else { return }
    graded.result.attempts[0].runFolder = folder
    let one = try Part()
    let journal = try one.open()
    for event in [.lab(Sample.header), .began(Sample.session), .graded(graded)] as [JournalEvent] {
      try journal.append(event)
    }
    #expect { try whole.merge(one) } throws: { ($0 as? LabError)?.code == "shard.damaged" }
  }

  @Test func aResultWithoutItsRunFolderIsRefused() throws {
    let one = try part(try Sample.graded("ann", .pass))
    try FileManager.default.removeItem(at: one.url.appending(path: "runs"))
    #expect { try whole.merge(one) } throws: { ($0 as? LabError)?.code == "shard.incomplete" }
  }

  @Test func aFolderWithoutAJournalIsRefused() throws {
    let empty = try TemporaryFolder()
    #expect { try ShardSource(empty.url, shown: "x") } throws: { ($0 as? LabError)?.code == "shard.missing" }
  }

  /// While a shard is being graded, its journal is read from where it has come to.
  @Test func followsAShardThatIsBeingGraded() throws {
    let one = try part()
    let (journal, shard) = (try whole.open(), try one.open())
    var source = try ShardSource(one.url, shown: "shard")
    try shard.append(.started(RunStart(student: "ann", digest: "a", runFolder: "runs/ann/1")))
    #expect(try source.take(into: journal, in: whole.url).isEmpty)
    #expect(source.runsInFlight == ["ann"])
    try FileManager.default.createDirectory(
      at: one.url.appending(path: "runs/ann/1"), withIntermediateDirectories: true)
    try shard.append(try Sample.graded("ann", .pass))
    let handle = try FileHandle(forWritingTo: one.url.appending(path: Journal.fileName))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"at\":\"2026".utf8))
    #expect(try source.take(into: journal, in: whole.url).count == 1)
    #expect(source.runsInFlight.isEmpty)
  }
}
