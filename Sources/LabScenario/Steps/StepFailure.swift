// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Why a step did not succeed: what is told of it, and the facts that hints ask for.
public struct StepFailure: Error, Equatable, Sendable {
  /// What the device was expected to do.
  public var expected: String
  /// What was seen instead.
  public var seen: String
  /// The transcript lines that show it.
  public var evidence: [Evidence]
  /// How many of the steps had succeeded before it.
  public var succeeded = 0
  /// What was seen of device, wire and console.
  public var facts: StepFacts

  /// - Parameters: as the properties of the same names.
  public init(expected: String, seen: String, evidence: [Evidence] = [], facts: StepFacts = StepFacts()) {
    self.expected = expected
    self.seen = seen
    self.evidence = evidence
    self.facts = facts
  }
}
