// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import LabSandbox

extension RunSession {
  /// Whether a path is of an archive, which has to be unpacked before it is built.
  func isArchive(_ path: String) -> Bool {
    let url = console.resolve(path)
    let manager = FileManager.default
    return SubmissionUnpacker.isArchive(path) && manager.fileExists(atPath: url.path) && !manager.isFolder(url)
  }

  /// Unpacks an archive for as long as the run lasts.
  /// - Parameters:
  ///   - path: the archive, as the caller named it.
  ///   - body: builds and runs the program at a path, or tells of the build that an archive never came to.
  func unpacking(
    _ path: String, in sandbox: Sandbox,
    _ body: (Result<String, SubmissionRefusal>) async throws -> RunResult
  ) async throws -> RunResult {
    let workspace = try PrivateDirectory()
    defer { withExtendedLifetime(workspace) {} }
    let program: Result<String, SubmissionRefusal>
    do {
      program = .success(
        try await SubmissionUnpacker(sandbox: sandbox).unpack(
          archive: console.resolve(path).resolvingSymlinksInPath().path,
          into: URL(fileURLWithPath: workspace.path).appending(path: "submission")))
    } catch let refusal as SubmissionRefusal {
      program = .failure(refusal)
    }
    return try await body(program)
  }
}
