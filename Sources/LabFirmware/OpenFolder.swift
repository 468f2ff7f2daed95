// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder by its descriptor, in which something hostile may have made anything. No link is followed below it.
struct OpenFolder: ~Copyable {
  let descriptor: Int32

  /// Opens a folder. Fails if the last part of its path is a link.
  /// - Returns: `nil` if it cannot be opened; `errno` says why.
  init?(_ path: String) { self.init(path, in: AT_FDCWD) }

  /// Opens a folder in an open one.
  /// - Returns: `nil` if it cannot be opened; `errno` says why.
  init?(_ name: UnsafePointer<CChar>, in folder: Int32) {
    let opened = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard opened >= 0 else { return nil }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Hands over the names of what is in it, as the bytes that they are.
  /// - Parameter body: it may change the folder; what is added meanwhile may be left out.
  /// - Returns: whether the folder could be read.
  @discardableResult
  func forEachName<Failure: Error>(_ body: (UnsafePointer<CChar>) throws(Failure) -> Void) throws(Failure) -> Bool {
    // A descriptor of its own: a folder is read from where its descriptor stands.
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { return false }
    guard let stream = fdopendir(copy) else {
      close(copy)
      return false
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      // The name stays where it is until the next one is read.
      let text = withUnsafePointer(to: &entry.pointee.d_name) {
        UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
      }
      if strcmp(text, ".") != 0, strcmp(text, "..") != 0 { try body(text) }
    }
    return true
  }
}
