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
