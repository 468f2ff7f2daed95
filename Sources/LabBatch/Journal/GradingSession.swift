// SPDX-License-Identifier: Apache-2.0

/// A call that grades.
public struct GradingSession: Codable, Equatable, Sendable {
  /// How many submissions are run at a time.
  public var jobs: Int
  /// Whether they are run in a sandbox.
  public var isConfined: Bool
  /// What is to be graded again, as the caller put it.
  public var rerun: [Rerun]
  /// The students whom that means, when it is asked for; none where the grading goes on.
  public var asked: [String]

  /// - Parameters: as the properties of the same names.
  public init(jobs: Int, isConfined: Bool, rerun: [Rerun] = [], asked: [String] = []) {
    self.jobs = jobs
    self.isConfined = isConfined
    self.rerun = rerun
    self.asked = asked
  }
}
