// SPDX-License-Identifier: Apache-2.0

/// Why a submission is graded.
public enum GradingReason: String, Codable, Sendable {
  /// It has no result yet.
  case new
  /// The submission has changed since.
  case submission
  /// The caller asked for it.
  case asked
  /// The lab, or what it runs programs with, has changed since.
  case lab

  /// The reason as a clause: `since …`.
  public var clause: String {
    switch self {
    case .new: "it had no result"
    case .submission: "the submission has changed"
    case .asked: "it was asked for"
    case .lab: "the lab has changed"
    }
  }
}
