// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A run that the lab failed in.
public struct RetriedRun: Codable, Equatable, Sendable {
  /// Whose submission it is.
  public var student: String
  /// The submission's SHA-256.
  public var digest: String
  /// How it ended.
  public var attempt: StudentResult.Attempt

  /// - Parameters: as the properties of the same names.
  public init(student: String, digest: String, attempt: StudentResult.Attempt) {
    self.student = student
    self.digest = digest
    self.attempt = attempt
  }
}
