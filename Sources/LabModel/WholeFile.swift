// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Files that are there whole or not at all, whatever happens meanwhile: they are written aside, brought to the disk, and renamed.
/// A file has one writer at a time.
public enum WholeFile {
  /// Writes a text, over what is there.
  /// - Parameters:
  ///   - text: what to write, as UTF-8.
  ///   - url: the file; its folder is there.
  /// - Throws: `LabError`, with code `disk.full` where that is the reason.
  public static func write(_ text: String, to url: URL) throws { try write(Array(text.utf8), to: url) }

  /// Writes bytes, over what is there.
  /// - Parameters:
  ///   - bytes: what to write.
  ///   - url: the file; its folder is there.
  /// - Throws: `LabError`, with code `disk.full` where that is the reason.
  public static func write(_ bytes: [UInt8], to url: URL) throws {
    let name = url.lastPathComponent
    let folder = url.deletingLastPathComponent()
    let aside = folder.appending(path: ".\(name).new").path
    // What a writer that was killed has left.
    unlink(aside)
    let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw LabError(systemCall: "write \(name)", code: errno) }
    var failure = append(bytes, to: descriptor)
    if failure == nil, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, rename(aside, url.path) != 0 { failure = errno }
    if let failure {
      unlink(aside)
      throw LabError(systemCall: "write \(name)", code: failure)
    }
    // The name is on the disk only when its folder is.
    synchronize(folder)
  }

  /// Writes all of some bytes where an open file stands.
  /// - Returns: the error number of what failed; nil if nothing did.
  public static func append(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return errno }
      rest = rest.dropFirst(max(0, count))
    }
    return nil
  }

  /// Brings what is in a folder to the disk, and the folder itself; the folders in it are left to themselves.
  /// - Returns: the error number of what failed; nil if nothing did.
  public static func synchronizeFiles(in folder: URL) -> Int32? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() {
      if let failure = synchronize(folder.appending(path: name)) { return failure }
    }
    return synchronize(folder)
  }

  /// Brings a file, or the names in a folder, to the disk.
  /// - Returns: the error number; nil if it worked, or if there is no such thing at the place.
  @discardableResult private static func synchronize(_ url: URL) -> Int32? {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // What is no file on a disk cannot be brought to one: EINVAL.
    return fsync(descriptor) == 0 || errno == EINVAL ? nil : errno
  }
}
