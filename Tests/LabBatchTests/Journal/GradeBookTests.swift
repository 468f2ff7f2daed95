// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabBatch

@Suite struct GradeBookTests {
  private func book(_ events: JournalEvent...) -> GradeBook {
    GradeBook([.lab(Sample.header), .began(Sample.session)] + events)
  }

  private func retried(_ student: String, digest: String = "a", run: Int = 1) -> JournalEvent {
    .retried(
      RetriedRun(
        student: student, digest: digest,
        attempt: .init(verdict: .error, error: Sample.overloaded, runFolder: "runs/\(student)/\(run)")))
  }

  @Test func theLastResultIsInForceAndTheFirstOfAGradingIsWhatItReplaced() throws {
    var book = book(try Sample.graded("ann", .fail), .finished)
    #expect(book.records["ann"]?.former == nil)
    book.take(.began(Sample.session))
    book.take(try Sample.graded("ann", .error, reason: .asked))
    // Interrupted, and gone on with.
    book.take(.began(Sample.session))
    book.take(try Sample.graded("ann", .pass, reason: .asked))
    #expect(book.records["ann"]?.former?.verdict == .fail)
    #expect(book.records["ann"]?.result?.verdict == .pass)
    #expect(book.records["ann"]?.runs == 3)
    book.take(.finished)
    book.take(.began(Sample.session))
    #expect(book.records["ann"]?.former == nil)
  }

  @Test func whatWasAskedForStandsUntilItIsDone() throws {
    var book = book(try Sample.graded("ann", .pass), .finished)
    book.take(.began(GradingSession(jobs: 1, isConfined: true, rerun: [.all], asked: ["ann"])))
    book.take(.began(Sample.session))
    #expect(book.records["ann"]?.isAsked == true)
    book.take(try Sample.graded("ann", .pass, reason: .asked))
    #expect(book.records["ann"]?.isAsked == false)
  }

  @Test func anotherLabMakesResultsOld() throws {
    var book = book(try Sample.graded("ann", .pass), retried("bob"))
    book.take(.lab(Sample.header))
    #expect(book.records["ann"]?.isCurrent == true)
    var other = Sample.header
    other.digest = "d2"
    book.take(.lab(other))
    #expect(book.records["ann"]?.isCurrent == false)
    #expect(book.records["ann"]?.result?.verdict == .pass)
    #expect(book.records["bob"]?.openAttempts.isEmpty == true)
    #expect(book.records["bob"]?.runs == 1)
  }

  @Test func repeatedRunsBelongToTheSubmissionTheyWereOf() throws {
    var book = book(retried("ann"), retried("ann", run: 2))
    #expect(book.records["ann"]?.openAttempts.count == 2)
    book.take(retried("ann", digest: "b", run: 3))
    #expect(book.records["ann"]?.openAttempts.map(\.digest) == ["b"])
    book.take(try Sample.graded("ann", .pass, digest: "b"))
    #expect(book.records["ann"]?.openAttempts.isEmpty == true)
    #expect(book.records["ann"]?.runs == 4)
  }

  @Test func rememberWhatHadNoSandbox() throws {
    var book = GradeBook([.lab(Sample.header), .began(GradingSession(jobs: 1, isConfined: false))])
    book.take(try Sample.graded("ann", .pass))
    book.take(.began(Sample.session))
    #expect(book.records["ann"]?.isConfined == false)
    book.take(try Sample.graded("ann", .pass))
    #expect(book.records["ann"]?.isConfined == true)
  }
}
