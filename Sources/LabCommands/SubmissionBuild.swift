// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabSandbox

/// Builds a submission into the run folder and tells what came of it.
struct SubmissionBuild: Sendable {
  /// The path of the submission as the caller knows it.
  let path: String
  let runFolder: RunFolder
  let console: Console

  /// Builds it, and leaves `build.log`.
  /// - Returns: what it came to, and the image if there is one.
  /// - Throws: `LabError` if the lab fails, or if there is nothing to read at the path: a call that names no submission is wrong,
  ///   and not a failed check.
  func run(sdk: String, sandbox: Sandbox) async throws -> (RunResult.Build, FirmwareImage?) {
    let began = ContinuousClock.now
    let builder = FirmwareBuilder(sdk: sdk, cache: cache, sandbox: sandbox)
    do {
      let image = try await builder.build(path, into: runFolder.url.path)
      let build = RunResult.Build(
        succeeded: true, messages: image.log.plain, seconds: image.duration / .seconds(1))
      try runFolder.write(image.log.plain, to: "build.log")
      return (build, image)
    } catch let failure as BuildFailure {
      switch failure.kind {
      case .submission(.missing), .submission(.unreadable):
        throw LabError(code: "submission.missing", message: failure.message, remedy: failure.hint, isUsage: true)
      default: break
      }
      let reason = failure.hint.map { "\(failure.message); \($0)" } ?? failure.message
      try runFolder.write(failure.log.plain + reason + "\n", to: "build.log")
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      return (
        RunResult.Build(succeeded: false, reason: reason, messages: failure.log.plain, seconds: seconds), nil
      )
    }
  }

  /// Where objects are kept between runs.
  private var cache: String {
    let home = console.environment["HOME"] ?? NSTemporaryDirectory()
    let caches = console.environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.cache"
    return caches + "/esp32-lab/objects"
  }
}
