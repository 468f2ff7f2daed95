// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Moves run folders whole or not at all.
enum RunFolderMove {
  /// Moves a folder; from another file system, or from where nothing may be changed, it is copied.
  ///
  /// What is at the target belongs to nothing: it was left by a run or a move that was cut short. Where the folder is gone and the
  /// target is there, it has been moved before.
  /// - Returns: whether it is at the target now.
  static func move(_ source: URL, to target: URL) throws -> Bool {
    let manager = FileManager.default
    guard manager.fileExists(atPath: source.path) else { return manager.fileExists(atPath: target.path) }
    let parent = target.deletingLastPathComponent()
    do {
      if manager.fileExists(atPath: target.path) { try manager.removeItem(at: target) }
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw LabError(code: "shard.move", message: "cannot make \(target.path): \(error.localizedDescription)")
    }
    if rename(source.path, target.path) != 0 {
      guard [EXDEV, EACCES, EPERM, EROFS].contains(errno) else {
        throw LabError(systemCall: "move \(source.path)", code: errno)
      }
      try copy(source, to: target)
    }
    // Where it was no more, and where it is now: both before anything is written about it.
    try synchronize(parent)
    return true
  }

  private static func copy(_ source: URL, to target: URL) throws {
    let aside = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).new")
    do {
      try? FileManager.default.removeItem(at: aside)
      try FileManager.default.copyItem(at: source, to: aside)
    } catch {
      throw LabError(code: "shard.move", message: "cannot copy \(source.path): \(error.localizedDescription)")
    }
    try synchronize(aside)
    guard rename(aside.path, target.path) == 0 else { throw LabError(systemCall: "move \(aside.path)", code: errno) }
  }

  private static func synchronize(_ folder: URL) throws {
    if let code = WholeFile.synchronizeFiles(in: folder) {
      throw LabError(systemCall: "write \(folder.path)", code: code)
    }
  }
}
