// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabBatch

/// A shard that begins with what the whole class's journal knows plans as the whole would.
@Suite struct ShardSeedTests {
  private let whole: TemporaryFolder
  private let part: URL

  init() throws {
    whole = try TemporaryFolder()
    part = whole.url.appending(path: "shards/1")
  }

  private let submissions = [Sample.submission("ann", digest: "b"), Sample.submission("bob")]

  private func items(_ folder: URL) throws -> [GradingPlan.Item] {
    try GradingPlan(submissions, book: Journal(in: folder, shown: "x").book, header: Sample.header).items
  }

  private func fill() throws {
    let journal = try Journal(in: whole.url, shown: "x")
    for event in [
      .lab(Sample.header), .began(Sample.session), try Sample.graded("ann", .fail), try Sample.graded("bob", .fail),
      try Sample.graded("cid", .pass), .finished,
      .began(GradingSession(jobs: 1, isConfined: true, rerun: [.failed], asked: ["ann", "bob"])),
      .started(RunStart(student: "bob", digest: "a", runFolder: "runs/bob/2")),
      .retried(
        RetriedRun(
          student: "bob", digest: "a",
          attempt: .init(verdict: .error, error: Sample.overloaded, runFolder: "runs/bob/2"))),
    ] { try journal.append(event) }
  }

  @Test func plansAsTheWholeWould() throws {
    try fill()
    let record = ShardRecord(try #require(Shard("1/2")), students: ["bob", "ann"])
    try ShardSeed.write(to: part, record, from: whole.url)
    let items = try items(part)
    #expect(items == (try self.items(whole.url)))
    #expect(items.map(\.reason) == [.submission, .asked])
    #expect(items.map(\.nextRun) == [2, 3])
    #expect(items.map(\.handIn) == [2, 1])
    #expect(try ShardRecord(in: part, shown: "x") == record)
  }

  @Test func tellsNothingOfOthers() throws {
    try fill()
    try ShardSeed.write(to: part, ShardRecord(try #require(Shard("2/2")), students: ["cid"]), from: whole.url)
    for name in [Journal.fileName, ShardRecord.fileName] {
      let text = try String(contentsOf: part.appending(path: name), encoding: .utf8)
      #expect(!text.contains("ann") && !text.contains("bob"), "\(text)")
    }
  }

  @Test func whatItBeganWithIsNotTakenAgain() throws {
    try fill()
    try ShardSeed.write(to: part, ShardRecord(try #require(Shard("1/1")), students: ["ann", "bob"]), from: whole.url)
    let journal = try Journal(in: whole.url, shown: "x")
    let book = journal.book
    var source = try ShardSource(part, shown: "shard")
    #expect(try source.take(into: journal, in: whole.url).isEmpty)
    #expect(journal.book == book)
  }

  /// The clocks of two computers never agree.
  @Test func whatFollowsUponIsNewerWhateverTheClockSays() throws {
    try fill()
    try ShardSeed.write(to: part, ShardRecord(try #require(Shard("1/1")), students: ["ann"]), from: whole.url)
    let shard = try Journal(in: part, shown: "x")
    try shard.append(try Sample.graded("ann", .pass, digest: "b"), at: Date(timeIntervalSinceNow: -3600), origin: nil)
    try FileManager.default.createDirectory(at: part.appending(path: "runs/ann/1"), withIntermediateDirectories: true)
    let journal = try Journal(in: whole.url, shown: "x")
    var source = try ShardSource(part, shown: "shard")
    #expect(try source.take(into: journal, in: whole.url).count == 1)
    #expect(journal.book.records["ann"]?.result?.verdict == .pass)
    #expect(journal.book.records["ann"]?.digests == ["a", "b"])
  }
}
