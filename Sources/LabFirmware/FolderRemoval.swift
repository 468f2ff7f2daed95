// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Removes folders in which something hostile may have made anything: trees deeper than any path is long, folders that nobody may enter.
enum FolderRemoval {
  /// Removes a folder with all that is in it, and follows no link. What cannot be removed stays.
  static func remove(_ path: String) {
    makeAccessible(path, in: AT_FDCWD)
    // A tree is made flat instead of descended into: neither its depth nor the number of open folders matters then.
    if let top = OpenFolder(path) { while removeOneLevel(of: top) {} }
    rmdir(path)
  }

  /// Removes the files in a folder, and each folder in it as far as that has only files; the other folders are moved up.
  /// - Returns: whether anything was done.
  private static func removeOneLevel(of top: borrowing OpenFolder) -> Bool {
    var isProgress = false
    let descriptor = top.descriptor
    top.forEachName { name in
      if unlinkat(descriptor, name, 0) == 0 {
        isProgress = true
        return
      }
      makeAccessible(name, in: descriptor)
      guard let folder = OpenFolder(name, in: descriptor) else { return }
      folder.forEachName { inner in
        if unlinkat(folder.descriptor, inner, 0) == 0 {
          isProgress = true
          return
        }
        // The folder that is moved is changed by that, and has to be one's own to change.
        makeAccessible(inner, in: folder.descriptor)
        isProgress = renameat(folder.descriptor, inner, descriptor, UUID().uuidString) == 0 || isProgress
      }
      isProgress = unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || isProgress
    }
    return isProgress
  }

  /// Lets its owner look into a folder and change it. Nothing else is touched: a link would pass it on.
  private static func makeAccessible(_ name: UnsafePointer<CChar>, in folder: Int32) {
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFDIR else { return }
    fchmodat(folder, name, 0o700, 0)
  }
}
