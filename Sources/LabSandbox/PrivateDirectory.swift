// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A new folder that only this user can enter. It is removed when the last reference to it goes away.
public final class PrivateDirectory: Sendable {
  /// Its absolute path, short enough that a Unix socket in it may have a name of up to 40 bytes.
  public let path: String

  private let lock: Int32

  /// Creates it in the system's folder for temporary files.
  /// - Throws: `LabError` if that is not possible.
  public init() throws {
    let parent = Self.parent
    Self.removeAbandoned(in: parent)
    var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      let error = LabError(systemCall: "mkdtemp")
      throw LabError(
        code: error.code, message: "cannot create a folder in \(parent) (\(error.message))",
        remedy: "set TMPDIR to a folder that exists and that you may write to")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // The lock says that the folder is in use. It ends with the process, so that a later run can tell what was left behind.
    lock = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    _ = flock(lock, LOCK_EX | LOCK_NB)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    close(lock)
  }

  private static let prefix = "esp32-lab."

  /// Whether a path is that of such a folder.
  static func isOne(_ path: String) -> Bool {
    path.split(separator: "/").last.map { $0.hasPrefix(prefix) } ?? false
  }

  /// `TMPDIR`, unless a socket's path would become too long in it.
  private static var parent: String {
    let wish = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    return wish.hasPrefix("/") && wish.utf8.count <= 48 ? wish : "/tmp"
  }

  /// Removes the folders of runs that were killed.
  private static func removeAbandoned(in parent: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: parent) else { return }
    for name in names where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      var status = stat()
      // A minute's grace, for a folder that has been made but not yet locked. A time in the future is that of a clock that was wrong.
      guard lstat(path, &status) == 0, [geteuid(), SandboxUser.current?.id].contains(status.st_uid),
        abs(status.st_mtim.tv_sec - time(nil)) > 60
      else {
        continue
      }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
      close(descriptor)
    }
  }
}
