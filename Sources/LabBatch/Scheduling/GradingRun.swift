// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A run that is to be made.
public struct GradingRun: Equatable, Sendable {
  /// What is run.
  public var submission: ClassSubmission
  /// The run folder, relative to the folder of the results. What is there is of a run that was cut short.
  public var folder: String
  /// How often the student has handed in something new, this time included.
  public var handIn: Int

  /// - Parameters: as the properties of the same names.
  public init(submission: ClassSubmission, folder: String, handIn: Int = 1) {
    self.submission = submission
    self.folder = folder
    self.handIn = handIn
  }
}

/// Makes a run and returns when its folder is on the disk. What it throws as a `LabError` is a failure of the lab in this run.
public typealias SubmissionRunner = @Sendable (GradingRun) async throws -> RunResult

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
