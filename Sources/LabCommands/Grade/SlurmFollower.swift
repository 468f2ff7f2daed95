// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel

/// Takes what the tasks of a job array have written into the journal of the class, and tells it as a grading here would.
struct SlurmFollower {
  let journal: Journal
  /// The output folder.
  let results: URL
  /// Called for what happens, in its order.
  let report: @Sendable (GradingEvent) -> Void
  /// The students whose run has been told to have begun.
  private var running: Set<String> = []

  /// - Parameters: as the properties of the same names.
  init(journal: Journal, results: URL, report: @escaping @Sendable (GradingEvent) -> Void) {
    self.journal = journal
    self.results = results
    self.report = report
  }

  /// Takes what is new.
  mutating func follow(_ array: inout SlurmArray) throws {
    for index in array.sources.indices {
      for event in try array.sources[index].take(into: journal, in: results) { tell(event) }
    }
    for student in Set(array.sources.flatMap(\.runsInFlight)).subtracting(running).sorted() { begin(student) }
  }

  /// Tells that the runs under way came to no end.
  /// - Parameter reason: why.
  mutating func end(_ reason: LabError?) {
    guard let reason else { return running = [] }
    for student in running.sorted() { report(.retrying(student: student, reason)) }
    running = []
  }

  private mutating func tell(_ event: JournalEvent) {
    switch event {
    case .retried(let run):
      begin(run.student)
      running.remove(run.student)
      report(.retrying(student: run.student, run.attempt.error))
    case .graded(let graded):
      let student = graded.result.student
      begin(student)
      running.remove(student)
      report(.graded(graded, former: journal.book.records[student]?.former, seconds: seconds(graded)))
    case .lab, .began, .started, .finished: break
    }
  }

  private mutating func begin(_ student: String) {
    if running.insert(student).inserted { report(.started(student: student)) }
  }

  /// How long a result's last run took.
  private func seconds(_ graded: GradedSubmission) -> Double {
    guard let folder = graded.result.runFolder,
      let data = FileManager.default.contents(atPath: results.appending(path: "\(folder)/result.json").path)
    else { return 0 }
    return (try? JSONDecoder().decode(RunResult.self, from: data).seconds) ?? 0
  }
}
