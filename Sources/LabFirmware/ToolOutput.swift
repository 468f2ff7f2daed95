// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// The files that one run of a tool leaves.
///
/// Each is there before the tool runs, empty, and is shown to it by itself: in the sandbox the tool can write into these files, as much as
/// its limit for a file, and can make nothing else of them nor beside them. So what it leaves is bounded while it runs.
struct ToolOutput: Sendable {
  /// The folder in which they lie, absolute.
  let folder: String
  private let names: [String]

  /// Makes the files.
  /// - Parameters:
  ///   - folder: a folder that is made as well.
  ///   - names: the files' names.
  /// - Throws: `LabError` if there is no room.
  init(_ folder: String, files names: [String]) throws {
    self.folder = folder
    self.names = names
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in names {
      let descriptor = open(path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw LabError(
          code: "output.unwritable", message: "cannot write to \(folder): \(String(cString: strerror(errno)))",
          remedy: "check that there is room in the folder for temporary files (TMPDIR)")
      }
      close(descriptor)
    }
  }

  /// The absolute path of a file.
  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// What the sandbox has to show to the tool.
  var binds: [SandboxedCommand.Bind] { names.map { .readWrite(path($0)) } }

  /// Reads what the tool has left.
  /// - Parameters:
  ///   - name: a file's name.
  ///   - limit: how many bytes it may have.
  func contents(of name: String, limit: Int) throws(ForeignFile.Problem) -> [UInt8] {
    try ForeignFile.contents(of: name, in: folder, limit: limit)
  }

  /// Removes the files.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
