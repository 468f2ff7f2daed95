// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What happens while a class is graded, for whoever shows it.
public enum GradingEvent: Equatable, Sendable {
  /// A run of a submission has begun.
  case started(student: String)
  /// The lab failed in it, and the submission is run again later.
  case retrying(student: String, LabError?)
  /// A submission has its result; its last run took this many seconds.
  case graded(GradedSubmission, former: StudentResult?, seconds: Double)
  /// Another number of submissions is run at a time.
  case limited(LoadPolicy.Change)
}
