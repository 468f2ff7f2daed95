// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import LabReports

extension GradeSession {
  /// Takes the results of shards into the output folder, and writes what the class comes to. It needs neither emulator nor SDK.
  /// - Parameter shards: the folders of the shards.
  /// - Returns: the exit code.
  /// - Throws: `LabError` if they do not go together, or if somebody has no result yet; what has been taken by then stays.
  func merge(_ shards: [URL]) async throws -> Int32 {
    let began = ContinuousClock.now
    let intake = try ClassIntake(folder: folder, roster: roster)
    var sources = try shards.map { try ShardSource($0, shown: console.shown($0)) }
    let results = try ResultsFolder(at: results, shown: console.shown(results), besides: folder)
    let journal = try Journal(in: results.url, shown: results.shown)
    let header = try mergedHeader(journal, sources)
    try refuseOthers(journal, header, results)
    try begin(try GradingPlan(intake.submissions, book: journal.book, header: header), journal, header)
    for index in sources.indices { _ = try sources[index].take(into: journal, in: results.url) }

    let plan = try GradingPlan(intake.submissions, book: journal.book, header: header)
    guard plan.items.isEmpty else {
      throw LabError(
        code: "merge.incomplete",
        message: "\(plan.items.count) of \(intake.submissions.count) have no result yet: "
          + plan.items.map(\.submission.student).joined(separator: ", "),
        remedy: "go on with their shards and merge those again, or grade them here: the same command without --merge")
    }
    for student in Set(sources.flatMap(\.outdated)).sorted() {
      console.errors.write("lab: \(student) has a newer result than the shard's, which stays\n")
    }
    return try finish(plan, intake, journal, results, since: began)
  }

  /// What all results are about, as the first to come has it, but for the lab, which is this checkout's.
  private func mergedHeader(_ journal: Journal, _ sources: [ShardSource]) throws -> JournalHeader {
    guard var header = journal.book.header ?? sources.lazy.compactMap(\.header).first else {
      throw LabError(
        code: "shard.empty", message: "nothing has been graded in any of these folders",
        remedy: "name the folders that 'lab grade --shard' has written", isUsage: true)
    }
    (header.lab, header.digest) = (lab.id, try checkout.library.digest(of: lab))
    for source in sources {
      guard let difference = source.header?.difference(from: header) else { continue }
      throw LabError(
        code: "shard.other", message: "\(source.shown) does not go with the others: \(difference)",
        remedy: "grade all shards with the same lab, SDK, emulator and chip", isUsage: true)
    }
    return header
  }
}
