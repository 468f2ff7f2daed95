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
  /// The steps of the conversation in which it failed, as a lab file has them, where the lab made that up.
  public var conversation: [String]?
  /// The transcript lines that show it.
  public var evidence: [Evidence]
  /// Known mistakes that explain it, most likely first.
  public var hints: [String]
  /// The guest time it took, in nanoseconds.
  public var duration: UInt64
  /// Who sees it.
  public var visibility: Visibility
  /// The attempt, from 1, from which on its hints are shown to a student.
  public var hintAfter: Int

  /// - Parameters: as the properties of the same names; a check that passed earns its maximum.
  public init(
    _ check: CheckDefinition, status: CheckStatus, expected: String? = nil, seen: String? = nil,
    conversation: [String]? = nil, evidence: [Evidence] = [], hints: [String] = [], duration: UInt64 = 0
  ) {
    id = check.id
    title = check.title
    self.status = status
    points = status == .pass ? check.points : 0
    maximum = check.points
    self.expected = expected
    self.seen = seen
    self.conversation = conversation
    self.evidence = evidence
    self.hints = hints
    self.duration = duration
    visibility = check.visibility
    hintAfter = check.hintAfter
  }
}

extension CheckResult {
  /// Reads a result. One that was written before checks could be hidden and hints could wait is read as visible at once.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    title = try container.decode(String.self, forKey: .title)
    status = try container.decode(CheckStatus.self, forKey: .status)
    points = try container.decode(Int.self, forKey: .points)
    maximum = try container.decode(Int.self, forKey: .maximum)
    expected = try container.decodeIfPresent(String.self, forKey: .expected)
    seen = try container.decodeIfPresent(String.self, forKey: .seen)
    conversation = try container.decodeIfPresent([String].self, forKey: .conversation)
    evidence = try container.decode([Evidence].self, forKey: .evidence)
    hints = try container.decode([String].self, forKey: .hints)
    duration = try container.decode(UInt64.self, forKey: .duration)
    visibility = try container.decodeIfPresent(Visibility.self, forKey: .visibility) ?? .student
    hintAfter = try container.decodeIfPresent(Int.self, forKey: .hintAfter) ?? 1
  }
}
