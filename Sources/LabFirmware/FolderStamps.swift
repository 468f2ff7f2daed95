// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Names, sizes and times of all files below a folder, links followed: they change when what is in the files does.
///
/// It is looked at in every build, so it is left to the system's own functions.
struct FolderStamps {
  /// A line for each file and each folder.
  private(set) var bytes: [UInt8] = []

  /// - Parameter folder: absolute; one that is not there has no files.
  init(_ folder: String) { add(folder, depth: 0) }

  private mutating func add(_ folder: String, depth: Int) {
    // Links may make a ring of folders.
    guard depth < 32 else { return }
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    defer { close(directory) }
    var list: UnsafeMutablePointer<UnsafeMutablePointer<dirent>?>?
    let count = Int(
      scandir(folder, &list, nil) { one, other in
        guard let one, let other else { return 0 }
        return alphasort(one, other)
      })
    guard count >= 0, let list else { return }
    defer { free(list) }
    var folders: [String] = []
    for index in 0..<count {
      guard let entry = list[index] else { continue }
      defer { free(entry) }
      withUnsafeBytes(of: &entry.pointee.d_name) { name in
        guard let name = name.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
        var status = stat()
        guard strcmp(name, ".") != 0, strcmp(name, "..") != 0, fstatat(directory, name, &status, 0) == 0 else { return }
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: name, count: strlen(name) + 1))
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        // A folder's own size and time say nothing that its files do not.
        var stamp = isFolder ? (0, 0, 0) : (Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        withUnsafeBytes(of: &stamp) { bytes.append(contentsOf: $0) }
        if isFolder { folders.append(String(cString: name)) }
      }
    }
    for name in folders { add("\(folder)/\(name)", depth: depth + 1) }
  }
}
