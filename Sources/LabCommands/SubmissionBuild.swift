// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel

/// Builds a submission into the run folder and tells what came of it.
struct SubmissionBuild: Sendable {
  /// The path of the submission as the caller knows it.
  let path: String
  /// What messages call it; its path unless told.
  var name: String?
  /// The language that it has to be in; nil takes what it is in.
  var language: FirmwareLanguage?
  /// The folder that gets `firmware.elf`, `flash.bin` and `build.log`.
  let runFolder: RunFolder
  /// What is said about mistakes that the program's file shows.
  var mistakes = MistakeCatalogue()

  /// Builds it, and leaves `build.log`.
  /// - Parameter builder: what builds it.
  /// - Returns: what it came to, and the image if there is one.
  /// - Throws: `LabError` if the lab fails, or if there is nothing to read at the path: a call that names no submission is wrong,
  ///   and not a failed check.
  func run(with builder: some SubmissionBuilder) async throws -> (RunResult.Build, FirmwareImage?) {
    let began = ContinuousClock.now
    do {
      let image = try await builder.build(path, in: language, into: runFolder.url.path)
      // What the builder saw and did not act upon is for the student to know, as a compiler's note is.
      let found = ProgramExamination(elf: image.elf).findings.map { finding in
        mistakes[finding.mistake].map { "\(finding.fact) \($0.hint.words(in: image.language))" } ?? finding.fact
      }
      // What the program's file shows is said whatever else there is to say.
      let notes = BuildExcerpt.notes(found + image.notes)
      try runFolder.write(image.log.plain + notes, to: "build.log")
      let build = RunResult.Build(
        succeeded: true, language: image.language,
        messages: BuildExcerpt.lines(of: image.log.withoutExpansions().plain) + notes,
        seconds: image.duration / .seconds(1))
      return (build, image)
    } catch let failure as BuildFailure {
      switch failure.kind {
      case .submission(.missing), .submission(.unreadable):
        throw LabError(code: "submission.missing", message: failure.message, remedy: failure.hint, isUsage: true)
      default: break
      }
      let message = BuildExcerpt.sentence(failure.message)
      let told = failure.hint.map { "\(message); \(BuildExcerpt.sentence($0))" } ?? message
      let reason = name.map { told.replacing(path, with: $0) } ?? told
      try runFolder.write(failure.log.plain + reason + "\n", to: "build.log")
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      return (
        RunResult.Build(
          succeeded: false, language: failure.language, reason: reason,
          messages: BuildExcerpt.lines(of: failure.log.withoutExpansions().plain), seconds: seconds),
        nil
      )
    }
  }
}
