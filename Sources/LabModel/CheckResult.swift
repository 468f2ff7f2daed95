// SPDX-License-Identifier: Apache-2.0

/// How a check ended.
public enum CheckStatus: String, Codable, CaseIterable, Sendable {
  /// The submission does what is checked.
  case pass
  /// The submission does not.
  case fail
  /// It was not run, since something that it depends on failed.
  case skipped
  /// The lab failed, not the student; it costs no points and can be run again.
  case error
}

/// The verdict of one check and what it rests on.
public struct CheckResult: Codable, Equatable, Sendable {
  /// The check's id in its lab.
  public var id: String
  /// The check's title.
  public var title: String
  /// How it ended.
  public var status: CheckStatus
  /// What it earned.
  public var points: Int
  /// What it is worth.
  public var maximum: Int
  /// What was expected, where it did not pass.
  public var expected: String?
  /// What was seen instead, or why it was skipped; of a check that passed, how the device did what the lab leaves open.
  public var seen: String?
  /// The transcript lines that show it.
  public var evidence: [Evidence]
  /// Known mistakes that explain it, most likely first.
  public var hints: [String]
  /// The guest time it took, in nanoseconds.
  public var duration: UInt64

  /// - Parameters: as the properties of the same names; a check that passed earns its maximum.
  public init(
    _ check: CheckDefinition, status: CheckStatus, expected: String? = nil, seen: String? = nil,
    evidence: [Evidence] = [], hints: [String] = [], duration: UInt64 = 0
  ) {
    id = check.id
    title = check.title
    self.status = status
    points = status == .pass ? check.points : 0
    maximum = check.points
    self.expected = expected
    self.seen = seen
    self.evidence = evidence
    self.hints = hints
    self.duration = duration
  }
}
