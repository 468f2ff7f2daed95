// SPDX-License-Identifier: Apache-2.0

/// What grading a class came to: one entry for each student, in the order of their names. Every overview, gradebook and page is a
/// rendering of it.
///
/// It holds nothing that depends on when, where or how many at a time the programs were run, so that two gradings of the same
/// submissions can be compared byte by byte. What a run looked like in detail is in its run folder.
public struct ClassResult: Codable, Equatable, Sendable {
  /// One of the lab's checks.
  public struct Check: Codable, Equatable, Sendable {
    /// The check's id in its lab.
    public var id: String
    /// The check's title.
    public var title: String
    /// What it is worth.
    public var maximum: Int
    /// Who sees it.
    public var visibility: Visibility

    /// - Parameter definition: the check in its lab.
    public init(_ definition: CheckDefinition) {
      id = definition.id
      title = definition.title
      maximum = definition.points
      visibility = definition.visibility
    }
  }

  /// The version of this format.
  public var schema = 1
  /// The lab's id.
  public var lab: String
  /// The lab's title.
  public var title: String
  /// The points that a submission can earn.
  public var maximum: Int
  /// The lab's checks, in its order: what the results of the students have in common.
  public var checks: [Check]
  /// The students, sorted by ``StudentResult/student``.
  public var students: [StudentResult]
  /// What was found in the class folder or in the roster that belongs to no student's verdict, as sentences.
  public var problems: [String]

  /// - Parameters: as the properties of the same names; the students may come in any order.
  public init(lab: Lab, students: [StudentResult], problems: [String] = []) {
    self.lab = lab.id
    title = lab.title
    maximum = lab.points
    checks = lab.checks.map(Check.init)
    self.students = students.sorted { $0.student < $1.student }
    self.problems = problems
  }

  /// The students that have a verdict of their own: those whose submission is missing and those whom the lab failed are not
  /// among them. Averages and frequencies are over these.
  public var judged: [StudentResult] { students.filter { $0.verdict == .pass || $0.verdict == .fail } }

  /// The exit code that tells how it ended: 11 if the lab failed for someone, else 10 if someone did not pass, else 0.
  public var exitCode: Int32 {
    if students.contains(where: { $0.verdict == .error }) { return RunResult.Verdict.error.exitCode }
    let allPassed = students.allSatisfy { $0.verdict == .pass }
    return (allPassed ? RunResult.Verdict.pass : .fail).exitCode
  }
}
