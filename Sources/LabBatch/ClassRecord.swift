// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a class handed in together with what a journal knows of it.
public struct ClassRecord: Sendable {
  private let intake: ClassIntake
  private let book: GradeBook

  /// - Parameters:
  ///   - intake: what the class handed in.
  ///   - book: the results.
  public init(intake: ClassIntake, book: GradeBook) {
    self.intake = intake
    self.book = book
  }

  /// The class's result: an entry for each submission that has a result, and for each student of the roster without a submission.
  public func result(of lab: Lab) -> ClassResult {
    let graded = intake.submissions.compactMap { submission in
      book.records[submission.student]?.result.map { result in
        // The roster is as it is today.
        var result = result
        (result.name, result.email) = (submission.name, submission.email)
        return result
      }
    }
    let missing = intake.missing.map {
      StudentResult(missing: $0.student, name: $0.name, email: $0.email, maximum: lab.points)
    }
    return ClassResult(lab: lab, students: graded + missing, problems: intake.problems + withdrawn + unconfined)
  }

  /// The students who were graded again in the grading that was the last to begin, in the order of their names.
  public var changes: [GradeChange] {
    let handedIn = Set(intake.submissions.map(\.student))
    return book.records.filter { handedIn.contains($0.key) }.sorted { $0.key < $1.key }.compactMap { _, record in
      guard let former = record.former, let result = record.result else { return nil }
      return GradeChange(from: former, to: result, reason: record.reason)
    }
  }

  /// Results of submissions that are not there any more.
  private var withdrawn: [String] {
    let handedIn = Set(intake.submissions.map(\.student))
    let gone = book.records.filter { $0.value.result != nil && !handedIn.contains($0.key) }.keys.sorted()
    guard !gone.isEmpty else { return [] }
    return ["graded before, and not there any more: \(quoted(gone))"]
  }

  /// What has to be known of grades that came about without a sandbox.
  private var unconfined: [String] {
    let count = intake.submissions.count { book.records[$0.student]?.isConfined == false }
    guard count > 0 else { return [] }
    return [
      "graded without a sandbox: \(count) of \(intake.submissions.count); these programs had all rights of who graded them"
    ]
  }
}
