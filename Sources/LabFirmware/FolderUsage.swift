// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// How much may lie in a folder that something hostile writes to and that stays.
///
/// Nothing of the system bounds a folder for everyone who asks, so it is added up while the writer runs: that ends what grows, and is no wall
/// against what comes at once.
struct FolderUsage: Sendable {
  /// Why a folder has too much.
  enum Excess: Error, Hashable {
    /// There is more in it than may be, or it cannot be looked into.
    case folder
    /// The disk has too little room left for others.
    case disk
  }

  /// How many bytes on the disk, files and folders, and how many folders deep.
  let bytes, entries: Int
  let depth = 40
  /// How many bytes of the disk have to be free.
  let reserve: Int

  /// How often it is added up.
  private static let interval = Duration.milliseconds(500)

  /// Looks at a folder again and again, and never returns.
  /// - Throws: `Excess`, or `CancellationError` if the task is cancelled.
  func watch(_ folder: String) async throws -> Never {
    while true {
      try await Task.sleep(for: Self.interval)
      try check(folder)
    }
  }

  /// Looks at a folder.
  /// - Throws: `Excess` if there is more in it than may be.
  func check(_ folder: String) throws(Excess) {
    var count = 0
    var size = 0
    guard let top = OpenFolder(folder) else {
      // There is nothing in a folder that is not there.
      if errno == ENOENT { return }
      throw .folder
    }
    try add(top, depth: 0, &count, &size)
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return }
    if UInt64(status.f_bavail) * UInt64(status.f_frsize) < reserve { throw .disk }
  }

  private func add(
    _ folder: borrowing OpenFolder, depth: Int, _ count: inout Int, _ size: inout Int
  ) throws(Excess) {
    let descriptor = folder.descriptor
    let isReadable = try folder.forEachName { (name) throws(Excess) in
      var status = stat()
      // What is gone by now is no matter.
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return }
      count += 1
      size += Int(status.st_blocks) * 512
      guard count <= entries, size <= bytes else { throw .folder }
      guard status.st_mode & S_IFMT == S_IFDIR else { return }
      guard depth < self.depth, let inner = OpenFolder(name, in: descriptor) else {
        guard depth < self.depth, errno == ENOENT else { throw .folder }
        return
      }
      try add(inner, depth: depth + 1, &count, &size)
    }
    guard isReadable else { throw .folder }
  }
}
