// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What lies in a folder under one name. Links are not followed.
struct ClassFolderEntry {
  /// What it is.
  enum Kind: Hashable {
    case file, folder, link
    /// A pipe, a socket or a device, in words.
    case special(String)
  }

  /// The bytes of its name; Linux takes any but `/` and zero.
  let nameBytes: [UInt8]
  /// What it is.
  let kind: Kind
  /// Which file it is, whatever its name.
  let identity: FileIdentity

  /// Its name as text; what is not UTF-8 is replaced.
  var name: String { String(decoding: nameBytes, as: UTF8.self) }
  /// Whether its name can be given to what wants a text.
  var hasTextName: Bool { Array(name.utf8) == nameBytes }

  /// Whether it is what systems and learning platforms leave beside submissions: hidden files, what an archiver puts down, the
  /// list that Gradescope exports, the text that Moodle keeps beside a file.
  var isBystander: Bool {
    let name = name
    return name.hasPrefix(".") || Self.bystanders.contains(name.lowercased())
      || name.contains("_assignsubmission_onlinetext")
  }

  private static let bystanders: Set = ["__macosx", "thumbs.db", "desktop.ini", "submission_metadata.yml"]

  /// Lists a folder.
  /// - Parameters:
  ///   - folder: a descriptor of the folder; it stays open.
  ///   - limit: how many entries are read.
  /// - Returns: the entries, sorted by the bytes of their names, and whether there are more. Which ones are left out then is not
  ///   determined. `nil` if the folder cannot be read.
  static func list(_ folder: Int32, limit: Int) -> (entries: [ClassFolderEntry], isComplete: Bool)? {
    let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { return nil }
    guard let stream = fdopendir(copy) else {
      close(copy)
      return nil
    }
    defer { closedir(stream) }
    var entries: [ClassFolderEntry] = []
    while let pointer = readdir(stream) {
      let name = withUnsafeBytes(of: &pointer.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name == [46] || name == [46, 46] { continue }
      guard entries.count < limit else { return (entries, false) }
      if let entry = Self(folder, name) { entries.append(entry) }
    }
    entries.sort { $0.nameBytes.lexicographicallyPrecedes($1.nameBytes) }
    return (entries, true)
  }

  /// - Parameters:
  ///   - folder: a descriptor of the folder that it lies in.
  ///   - name: the bytes of its name.
  /// - Returns: `nil` if it is gone already.
  init?(_ folder: Int32, _ name: [UInt8]) {
    var status = stat()
    guard Self.withPath(name, { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { return nil }
    nameBytes = name
    identity = FileIdentity(status)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .special("a named pipe")
      case S_IFSOCK: .special("a socket")
      default: .special("a device")
      }
  }

  /// Opens it to be read, without waiting for the other end of a pipe and without following a link.
  /// - Parameter folder: a descriptor of the folder that it lies in.
  /// - Returns: a descriptor, or `nil` with the reason in `errno`.
  func open(in folder: Int32) -> Int32? {
    let kind = kind == .folder ? O_DIRECTORY : 0
    let descriptor = Self.withPath(nameBytes) {
      openat(folder, $0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | kind)
    }
    return descriptor >= 0 ? descriptor : nil
  }

  /// Where a link leads, as its bytes say.
  func target(in folder: Int32) -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = Self.withPath(nameBytes) { readlinkat(folder, $0, &buffer, buffer.count) }
    return buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
  }

  private static func withPath<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("a buffer with a terminator is never empty") }
      return body(base)
    }
  }
}
