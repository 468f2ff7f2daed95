// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A result and why it was made.
public struct GradedSubmission: Codable, Equatable, Sendable {
  /// The result.
  public var result: StudentResult
  /// Why the submission was graded.
  public var reason: GradingReason

  /// - Parameters: as the properties of the same names.
  public init(result: StudentResult, reason: GradingReason) {
    self.result = result
    self.reason = reason
  }
}
