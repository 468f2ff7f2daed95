// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A file that a tool has left in a folder which it could write to. The tool worked on hostile input, so anything may lie there.
///
/// It is opened without waiting and without following a link on the way, has to be a regular file of a bounded size, and is read through
/// that descriptor alone: its name is not looked at a second time.
struct ForeignFile: ~Copyable {
  /// Why a file cannot be used.
  enum Problem: Error, Hashable {
    /// Nothing has that name.
    case missing
    /// Something else than a file has it: what, with an article.
    case otherKind(String)
    /// It is bigger than it may be.
    case tooBig(limit: Int)
    /// The system does not let it be read: why.
    case unreadable(String)
  }

  /// Its size when it was opened, in bytes.
  let size: Int
  private let descriptor: Int32
  private let limit: Int

  /// Opens a file.
  /// - Parameters:
  ///   - path: relative to the folder, without `.` and `..`.
  ///   - folder: an absolute path that the tool cannot have changed.
  ///   - limit: how many bytes it may have.
  init(_ path: String, in folder: String, limit: Int) throws(Problem) {
    let opened = try Self.open(path, in: folder)
    var status = stat()
    let problem: Problem? =
      if fstat(opened, &status) != 0 {
        .unreadable(Self.reason)
      } else if let kind = Self.otherKind(status.st_mode) {
        .otherKind(kind)
      } else if status.st_size > limit {
        .tooBig(limit: limit)
      } else {
        nil
      }
    if let problem {
      close(opened)
      throw problem
    }
    (descriptor, size) = (opened, Int(status.st_size))
    self.limit = limit
  }

  deinit { close(descriptor) }

  /// Reads it from its beginning.
  func contents() throws(Problem) -> [UInt8] {
    var contents: [UInt8] = []
    contents.reserveCapacity(size)
    try forEachPiece { contents.append(contentsOf: $0) }
    return contents
  }

  /// Reads a file.
  /// - Parameters: as of ``init(_:in:limit:)``.
  static func contents(of path: String, in folder: String, limit: Int) throws(Problem) -> [UInt8] {
    try ForeignFile(path, in: folder, limit: limit).contents()
  }

  /// Copies it over what is at a path.
  /// - Parameter path: absolute, and the lab's own.
  /// - Returns: the number of the error that kept the copy from being written; `nil` if it was.
  func copy(to path: String) throws(Problem) -> Int32? {
    unlink(path)
    let copy = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard copy >= 0 else { return errno }
    defer { close(copy) }
    var failure: Int32?
    try forEachPiece { piece in
      if failure == nil { failure = WholeFile.append(Array(piece), to: copy) }
    }
    return failure
  }

  /// Hands over its bytes, piece by piece, from its beginning.
  private func forEachPiece(_ body: (ArraySlice<UInt8>) -> Void) throws(Problem) {
    var piece = [UInt8](repeating: 0, count: min(max(size, 1), 1 << 20))
    var offset = 0
    while true {
      let count = pread(descriptor, &piece, piece.count, off_t(offset))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(Self.reason) }
      guard count > 0 else { return }
      offset += count
      // It may have grown since it was opened.
      guard offset <= limit else { throw .tooBig(limit: limit) }
      body(piece[..<count])
    }
  }

  /// Sets the time of its last change.
  /// - Returns: whether that was possible.
  func setModificationTime(_ time: timespec) -> Bool {
    let times = [timespec](repeating: time, count: 2)
    return futimens(descriptor, times) == 0
  }

  private static func open(_ path: String, in folder: String) throws(Problem) -> Int32 {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !names.contains(where: { ["", ".", ".."].contains($0) }), let last = names.last else {
      throw .unreadable("its path leads out of the folder")
    }
    var parent = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw problem }
    for name in names.dropLast() {
      let next = openat(parent, String(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      let problem = problem
      close(parent)
      guard next >= 0 else { throw problem }
      parent = next
    }
    // A pipe's other end is not waited for.
    let descriptor = openat(parent, String(last), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    let problem = problem
    close(parent)
    guard descriptor >= 0 else { throw problem }
    return descriptor
  }

  /// What `errno` says of an attempt to open something.
  private static var problem: Problem {
    switch errno {
    case ENOENT: .missing
    case ELOOP: .otherKind("a link")
    case ENOTDIR: .otherKind("a link or a file in place of a folder")
    case ENXIO: .otherKind("a socket")
    default: .unreadable(reason)
    }
  }

  private static var reason: String { String(cString: strerror(errno)) }

  /// What something is if it is no regular file.
  private static func otherKind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}

extension ForeignFile.Problem: CustomStringConvertible {
  /// What is wrong, to follow the file's name.
  var description: String {
    switch self {
    case .missing: "is not there"
    case .otherKind(let kind): "is \(kind) and not a file"
    case .tooBig(let limit): "has more than \(limit >> 20) MiB"
    case .unreadable(let reason): "cannot be read: \(reason)"
    }
  }
}
