// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a call has to grade, of all that there is.
public struct GradingPlan: Sendable {
  /// A submission that is to be graded.
  public struct Item: Equatable, Sendable {
    /// The submission.
    public var submission: ClassSubmission
    /// Why it is graded.
    public var reason: GradingReason
    /// Its runs in a grading that was interrupted: failures of the lab all of them.
    public var attempts: [StudentResult.Attempt]
    /// The number of the student's next run; the folders of runs bear it.
    public var nextRun: Int
    /// How often the student has handed in something new, this time included: 1 for the first time.
    public var handIn: Int
  }

  /// What is to be graded, in the order of the students' names.
  public private(set) var items: [Item]
  /// How many submissions have their result already.
  public private(set) var done: Int
  /// How many of those results are failures of the lab.
  public private(set) var errors: Int
  /// Whether a grading goes on that was interrupted.
  public let isResumed: Bool
  /// The students whom the caller asks for now; none where he asks for what a grading that was interrupted has begun with.
  public let asked: [String]

  /// - Parameters:
  ///   - submissions: what the class has handed in.
  ///   - book: what is known already.
  ///   - header: what is to be graded, which differs from the book's only where the caller asks for all of it again.
  ///   - rerun: what the caller wants graded again.
  /// - Throws: `LabError`, a wrong call, if he names a student who has handed in nothing.
  public init(
    _ submissions: [ClassSubmission], book: GradeBook, header: JournalHeader, rerun: [Rerun] = []
  ) throws {
    let wanted = try Self.students(rerun, among: submissions, book)
    isResumed = !book.isFinished
    let isAskedBefore = !book.isFinished && book.session?.rerun == rerun && book.header == header
    asked = isAskedBefore ? [] : wanted
    (items, done, errors) = ([], 0, 0)
    let askedNow = Set(asked)
    for submission in submissions.sorted(by: { $0.student < $1.student }) {
      let record = book.records[submission.student] ?? GradeBook.Record()
      let isCurrent = record.isCurrent && book.header == header
      let isAsked = askedNow.contains(submission.student)
      guard let reason = Self.reason(submission, record, isCurrent: isCurrent, isAsked: isAsked) else {
        done += 1
        if record.result?.verdict == .error { errors += 1 }
        continue
      }
      let open = book.header == header ? record.openAttempts.filter { $0.digest == submission.digest } : []
      items.append(
        Item(
          submission: submission, reason: reason, attempts: open.map(\.attempt), nextRun: record.runs + 1,
          handIn: record.digests.count { $0 != submission.digest } + 1))
    }
  }

  private static func reason(
    _ submission: ClassSubmission, _ record: GradeBook.Record, isCurrent: Bool, isAsked: Bool
  ) -> GradingReason? {
    guard let result = record.result else { return .new }
    if result.digest != submission.digest { return .submission }
    if !isCurrent { return .lab }
    return isAsked || record.isAsked ? .asked : nil
  }

  /// The students whom a caller means, in the order of their names.
  private static func students(
    _ rerun: [Rerun], among submissions: [ClassSubmission], _ book: GradeBook
  ) throws -> [String] {
    var students: Set<String> = []
    for rerun in rerun {
      let meant = submissions.filter { submission in
        switch rerun {
        case .all: true
        case .errors: book.records[submission.student]?.result?.verdict == .error
        case .failed: book.records[submission.student]?.result?.verdict == .fail
        case .student(let name): submission.student == name || submission.origin == name
        }
      }
      if case .student(let name) = rerun, meant.isEmpty { throw unknown(name, among: submissions) }
      students.formUnion(meant.map(\.student))
    }
    return students.sorted()
  }

  private static func unknown(_ name: String, among submissions: [ClassSubmission]) -> LabError {
    let nearest = name.nearest(in: submissions.map(\.student))
    return LabError(
      code: "student.unknown", message: "'\(name)' has handed in nothing, so there is nothing to grade again",
      remedy: nearest.map { "Did you mean '\($0)'?" }
        ?? "--rerun takes errors, failed, all, or the name of a student who has handed in something", isUsage: true)
  }
}
