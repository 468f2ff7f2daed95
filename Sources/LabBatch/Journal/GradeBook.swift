// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a journal says when it is read to its end: the result of each student that is in force, and what is still to be done.
public struct GradeBook: Equatable, Sendable {
  /// What the book knows of a student.
  public struct Record: Equatable, Sendable {
    /// The result in force; nil before the first.
    public fileprivate(set) var result: StudentResult?
    /// What it replaced in the grading that was the last to begin; nil if it was not graded again.
    public fileprivate(set) var former: StudentResult?
    /// Why the result in force was made.
    public fileprivate(set) var reason = GradingReason.new
    /// Whether the result in force is about the lab as it is now.
    public fileprivate(set) var isCurrent = false
    /// Whether the result in force came about in a sandbox.
    public fileprivate(set) var isConfined = true
    /// Whether the caller asked for another result that is not there yet.
    public fileprivate(set) var isAsked = false
    /// The different submissions that have a result, by their digests, in the order of the results.
    public fileprivate(set) var digests: [String] = []
    /// Runs since the last result, which the next result is to count.
    public fileprivate(set) var openAttempts: [RetriedRun] = []
    /// How many runs have ended.
    public fileprivate(set) var runs = 0
  }

  /// What the results are about; nil in an empty journal.
  public private(set) var header: JournalHeader?
  /// The call that was the last to grade; nil before the first.
  public private(set) var session: GradingSession?
  /// Whether that came to its end.
  public private(set) var isFinished = true
  /// The students, by name.
  public private(set) var records: [String: Record] = [:]

  /// An empty book.
  public init() {}

  /// The book after some events.
  public init(_ events: [JournalEvent]) {
    for event in events { take(event) }
  }

  /// Takes in what happened next.
  public mutating func take(_ event: JournalEvent) {
    switch event {
    case .lab(let header):
      if self.header != header { for student in records.keys { records[student]?.supersede() } }
      self.header = header
    case .began(let session):
      // What a grading changed is told when it comes to its end, however often it was interrupted.
      if isFinished { for student in records.keys { records[student]?.former = nil } }
      for student in session.asked { records[student]?.isAsked = true }
      self.session = session
      isFinished = false
    case .started:
      break
    case .retried(let run):
      records[run.student, default: Record()].take(run)
    case .graded(let graded):
      records[graded.result.student, default: Record()].take(graded, isConfined: session?.isConfined ?? true)
    case .finished:
      isFinished = true
    }
  }
}

extension GradeBook.Record {
  /// The lab has changed: runs that belong to no result yet belong to none.
  fileprivate mutating func supersede() {
    isCurrent = false
    openAttempts = []
  }

  fileprivate mutating func take(_ run: RetriedRun) {
    runs += 1
    if openAttempts.first?.digest != run.digest { openAttempts = [] }
    openAttempts.append(run)
  }

  fileprivate mutating func take(_ graded: GradedSubmission, isConfined: Bool) {
    // Of a student that is graded twice in one grading, the result from before it is what the last is compared with.
    former = former ?? result
    runs += 1
    result = graded.result
    reason = graded.reason
    isCurrent = true
    self.isConfined = isConfined
    isAsked = false
    openAttempts = []
    if let digest = graded.result.digest, !digests.contains(digest) { digests.append(digest) }
  }
}
