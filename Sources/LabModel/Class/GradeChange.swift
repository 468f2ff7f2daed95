// SPDX-License-Identifier: Apache-2.0

/// What grading a student again came to: the result before, the one in force, and why there is another.
public struct GradeChange: Codable, Equatable, Sendable {
  /// A result in short.
  public struct Grade: Codable, Equatable, Sendable {
    /// How it ended.
    public var verdict: StudentResult.Verdict
    /// What the checks earned.
    public var points: Int
    /// What they are worth.
    public var maximum: Int

    fileprivate init(_ result: StudentResult) {
      verdict = result.verdict
      points = result.points
      maximum = result.maximum
    }
  }

  /// A check that ended in another way.
  public struct Check: Codable, Equatable, Sendable {
    /// The check's id in its lab.
    public var id: String
    /// The check's title.
    public var title: String
    /// How it ended before; nil if there was no such check, or no verdict.
    public var before: CheckStatus?
    /// How it ended now; nil if there is no such check, or no verdict.
    public var after: CheckStatus?
  }

  /// Who handed it in. Hostile text.
  public var student: String
  /// The student's name in the roster.
  public var name: String?
  /// Why it was graded again.
  public var reason: GradingReason
  /// The result before.
  public var before: Grade
  /// The result in force.
  public var after: Grade
  /// The checks that ended in another way, in the lab's order.
  public var checks: [Check]

  /// - Parameters:
  ///   - former: the result before.
  ///   - result: the result in force.
  ///   - reason: why there is another.
  public init(from former: StudentResult, to result: StudentResult, reason: GradingReason) {
    student = result.student
    name = result.name
    self.reason = reason
    before = Grade(former)
    after = Grade(result)
    let old = Dictionary(former.checks.map { ($0.id, $0) }) { first, _ in first }
    let kept = Set(result.checks.map(\.id))
    let now = result.checks.compactMap { check in
      Check(id: check.id, title: check.title, before: old[check.id]?.status, after: check.status)
    }
    let gone = former.checks.filter { !kept.contains($0.id) }
      .map { Check(id: $0.id, title: $0.title, before: $0.status, after: nil) }
    checks = (now + gone).filter { $0.before != $0.after }
  }

  /// Whether the student has another grade than before, or the same for other reasons.
  public var isDifferent: Bool { before != after || !checks.isEmpty }
}
