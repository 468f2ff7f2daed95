// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes flash images of submissions.
public protocol SubmissionBuilder: Sendable {
  /// Builds a submission that has been read.
  /// - Parameters:
  ///   - submission: the submission.
  ///   - outputFolder: an existing folder that gets `firmware.elf` and `flash.bin`.
  /// - Throws: `BuildFailure` if the submission is at fault, `LabError` if the lab is.
  func build(_ submission: Submission, into outputFolder: String) async throws -> FirmwareImage

  /// Looks whether programs in a language can be built here.
  /// - Throws: `LabError`, as a build would, if something for it is missing.
  func check(for language: FirmwareLanguage) throws
}

extension SubmissionBuilder {
  /// Builds a submission.
  /// - Parameters:
  ///   - path: what the student handed in: a C or Swift file, a folder of them, or an ESP-IDF project.
  ///   - language: the language that it has to be in; `nil` takes what it is in.
  ///   - outputFolder: an existing folder that gets `firmware.elf` and `flash.bin`.
  /// - Throws: `BuildFailure` if the submission is at fault, `LabError` if the lab is.
  public func build(
    _ path: String, in language: FirmwareLanguage? = nil, into outputFolder: String
  ) async throws -> FirmwareImage {
    do {
      let submission = try Submission(at: path)
      if let language, submission.language != language {
        throw SubmissionProblem.wrongLanguage(path, is: submission.language, wanted: language)
      }
      do {
        return try await build(submission, into: outputFolder)
      } catch var failure as BuildFailure {
        failure.language = submission.language
        throw failure
      }
    } catch let problem as SubmissionProblem {
      throw BuildFailure(problem)
    }
  }
}
