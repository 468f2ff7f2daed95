// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

/// Builds submissions with the bundled SDK, in the sandbox.
public struct FirmwareBuilder: Sendable {
  /// The SDK's folder, from the set-up.
  public var sdk: String
  /// Where objects are kept by content, so that what has not changed is not compiled again.
  public var cache: String
  /// Where the compiler runs.
  public var sandbox: Sandbox
  /// How long a build may take in all.
  public var timeout: Duration

  /// - Parameters: as the properties of the same names.
  public init(sdk: String, cache: String, sandbox: Sandbox, timeout: Duration = .seconds(60)) {
    self.sdk = sdk
    self.cache = cache
    self.sandbox = sandbox
    self.timeout = timeout
  }

  /// Builds a submission.
  /// - Parameters:
  ///   - path: what the student handed in: a C file, a folder of them, or an ESP-IDF project.
  ///   - outputFolder: an existing folder that gets `firmware.elf` and `flash.bin`.
  /// - Throws: `BuildFailure` if the submission is at fault, `LabError` if the lab is.
  public func build(_ path: String, into outputFolder: String) async throws -> FirmwareImage {
    throw LabError(code: "firmware.unfinished", message: "not built yet")
  }
}
