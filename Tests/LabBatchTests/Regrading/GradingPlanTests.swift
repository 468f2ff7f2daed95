// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabBatch

@Suite struct GradingPlanTests {
  private let submissions = ["dan", "bob", "ann", "cyd"].map { Sample.submission($0) }

  private func book(_ events: JournalEvent...) -> GradeBook {
    GradeBook([.lab(Sample.header), .began(Sample.session)] + events)
  }

  private func plan(_ book: GradeBook, _ rerun: Rerun..., header: JournalHeader = Sample.header) throws -> GradingPlan {
    try GradingPlan(submissions, book: book, header: header, rerun: rerun)
  }

  private func names(_ plan: GradingPlan) -> [String] { plan.items.map(\.submission.student) }

  @Test func atFirstAllAreGradedInTheOrderOfTheirNames() throws {
    let plan = try plan(GradeBook())
    #expect(names(plan) == ["ann", "bob", "cyd", "dan"])
    #expect(plan.items.allSatisfy { $0.reason == .new && $0.nextRun == 1 && $0.handIn == 1 })
    #expect(plan.done == 0)
    #expect(!plan.isResumed)
  }

  @Test func goesOnWithWhatHasNoResult() throws {
    let plan = try plan(book(try Sample.graded("ann", .pass), try Sample.graded("cyd", .error)))
    #expect(names(plan) == ["bob", "dan"])
    #expect((plan.done, plan.errors) == (2, 1))
    #expect(plan.isResumed)
  }

  @Test func goesOnWithTheRunsOfASubmission() throws {
    let failed = StudentResult.Attempt(verdict: .error, error: Sample.overloaded, runFolder: "runs/ann/1")
    let book = book(.retried(RetriedRun(student: "ann", digest: "a", attempt: failed)))
    #expect(try plan(book).items.first?.attempts == [failed])
    #expect(try plan(book).items.first?.nextRun == 2)
    let changed = try GradingPlan(
      [Sample.submission("ann", digest: "b")], book: book, header: Sample.header)
    #expect(changed.items.first?.attempts == [])
    #expect(changed.items.first?.nextRun == 2)
  }

  @Test func gradesWhatHasChangedAndCountsWhatWasHandedIn() throws {
    let book = book(
      try Sample.graded("ann", .fail, digest: "x"), try Sample.graded("ann", .fail, digest: "y"),
      try Sample.graded("bob", .fail), try Sample.graded("cyd", .fail), try Sample.graded("dan", .fail), .finished)
    let plan = try plan(book)
    #expect(names(plan) == ["ann"])
    #expect(plan.items[0].reason == .submission)
    #expect(plan.items[0].handIn == 3)
    #expect(plan.items[0].nextRun == 3)
    #expect(!plan.isResumed)
  }

  @Test func gradesAgainWhatIsAskedFor() throws {
    let book = book(
      try Sample.graded("ann", .pass), try Sample.graded("bob", .fail), try Sample.graded("cyd", .error),
      try Sample.graded("dan", .pass), .finished)
    #expect(names(try plan(book)) == [])
    #expect(names(try plan(book, .errors)) == ["cyd"])
    #expect(names(try plan(book, .failed)) == ["bob"])
    #expect(names(try plan(book, .errors, .student("dan"))) == ["cyd", "dan"])
    #expect(names(try plan(book, .student("dan.c"))) == ["dan"])
    #expect(names(try plan(book, .all)) == ["ann", "bob", "cyd", "dan"])
    #expect(try plan(book, .all).items.allSatisfy { $0.reason == .asked && $0.nextRun == 2 && $0.handIn == 1 })
    #expect(try plan(book, .all).asked == ["ann", "bob", "cyd", "dan"])
    #expect { try plan(book, .student("dam")) } throws: { "\($0)".contains("Did you mean 'dan'?") }
  }

  @Test func theSameCallGoesOnWithWhatItHasAskedFor() throws {
    let asked = GradingSession(jobs: 1, isConfined: true, rerun: [.all], asked: ["ann", "bob", "cyd", "dan"])
    let book = book(
      try Sample.graded("ann", .pass), try Sample.graded("bob", .pass), try Sample.graded("cyd", .pass),
      try Sample.graded("dan", .pass), .finished, .began(asked), try Sample.graded("ann", .fail, reason: .asked))
    #expect(names(try plan(book, .all)) == ["bob", "cyd", "dan"])
    #expect(try plan(book, .all).asked == [])
    #expect(names(try plan(book)) == ["bob", "cyd", "dan"])
    #expect(names(try plan(book, .failed)) == ["ann", "bob", "cyd", "dan"])
  }

  @Test func anotherLabAsksForAll() throws {
    let book = book(try Sample.graded("ann", .pass), try Sample.graded("bob", .pass), .finished)
    var other = Sample.header
    other.digest = "d2"
    let plan = try plan(book, .all, header: other)
    #expect(plan.items.map(\.reason) == [.lab, .lab, .new, .new])
    #expect(plan.done == 0)
  }
}
