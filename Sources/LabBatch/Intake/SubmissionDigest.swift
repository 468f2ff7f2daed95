// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A SHA-256 over what was handed in: the contents of a file, or the relative names and the contents of a folder. Two gradings
/// tell by it whether a student's submission has changed.
///
/// It never reads without bound. Of a file beyond the limit its size, its beginning and its end stand for it; a folder beyond
/// the limit is read so far and is refused, since no program of a course is that large.
struct SubmissionDigest: ~Copyable {
  /// How much is read.
  struct Limits {
    /// How many bytes of one file.
    var fileSize = 64 << 20
    /// How many bytes in all.
    var totalSize = 64 << 20
    /// How many files and folders.
    var entries = 20_000
    /// How many folders deep.
    var depth = 32
  }

  private let limits: Limits
  private var hash = ContentHash()
  private var size = 0
  private var entries = 0
  private var refusal: SubmissionRefusal?

  /// - Parameter limits: how much is read.
  init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Reads a submission.
  /// - Parameters:
  ///   - entry: what was handed in.
  ///   - folder: a descriptor of the folder that it lies in.
  /// - Returns: the digest as 64 hexadecimal digits, and why it cannot be graded if that was seen on the way.
  static func of(
    _ entry: ClassFolderEntry, in folder: Int32, limits: Limits = Limits()
  ) -> (digest: String, refusal: SubmissionRefusal?) {
    var digest = SubmissionDigest(limits: limits)
    digest.add(entry, in: folder, depth: 0)
    let refusal = digest.refusal
    return (digest.finish(), refusal)
  }

  private consuming func finish() -> String { hash.finish() }

  private mutating func add(_ entry: ClassFolderEntry, in folder: Int32, depth: Int) {
    switch entry.kind {
    case .file:
      hash.add("file")
      addFile(entry, in: folder)
    case .folder:
      hash.add("folder")
      addFolder(entry, in: folder, depth: depth)
    case .link:
      hash.add("link")
      hash.add(entry.target(in: folder))
    case .special(let kind):
      hash.add(kind)
    }
  }

  private mutating func addFolder(_ entry: ClassFolderEntry, in folder: Int32, depth: Int) {
    guard let descriptor = entry.open(in: folder) else { return refuseUnreadable(entry) }
    defer { close(descriptor) }
    guard depth < limits.depth else {
      return refuse("it has folders more than \(limits.depth) deep")
    }
    guard let (children, isComplete) = ClassFolderEntry.list(descriptor, limit: limits.entries - entries) else {
      return refuseUnreadable(entry)
    }
    entries += children.count
    guard isComplete else { return refuse("it has more than \(limits.entries) files") }
    for child in children where !child.isBystander {
      hash.add(child.nameBytes)
      add(child, in: descriptor, depth: depth + 1)
      if refusal != nil { return }
    }
    hash.add("end")
  }

  private mutating func addFile(_ entry: ClassFolderEntry, in folder: Int32) {
    guard let descriptor = entry.open(in: folder) else { return refuseUnreadable(entry) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return refuseUnreadable(entry) }
    let length = Int(status.st_size)
    hash.add("\(length)")
    guard length <= limits.fileSize, size + length <= limits.totalSize else {
      let isRead = add(descriptor, 0..<Self.sampleSize) && add(descriptor, length - Self.sampleSize..<length)
      if !isRead { refuseUnreadable(entry) }
      return
    }
    size += length
    if !add(descriptor, 0..<length) { refuseUnreadable(entry) }
  }

  private static let sampleSize = 64 << 10

  /// Adds a part of a file, in pieces whose borders depend on nothing but the range.
  private mutating func add(_ descriptor: Int32, _ range: Range<Int>) -> Bool {
    var position = max(range.lowerBound, 0)
    while position < range.upperBound {
      var piece = [UInt8](repeating: 0, count: min(64 << 10, range.upperBound - position))
      var filled = 0
      while filled < piece.count {
        let count = piece[filled...].withUnsafeMutableBytes {
          pread(descriptor, $0.baseAddress, $0.count, position + filled)
        }
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { return false }
        if count == 0 { break }
        filled += count
      }
      hash.add(Array(piece.prefix(filled)))
      // It has become shorter since its size was asked for.
      if filled < piece.count { break }
      position += filled
    }
    return true
  }

  private mutating func refuse(_ reason: String) {
    hash.add(reason)
    refusal =
      refusal ?? SubmissionRefusal(reason, hint: "hand in the sources alone, without build/ and other generated files")
  }

  private mutating func refuseUnreadable(_ entry: ClassFolderEntry) {
    hash.add("unreadable")
    refusal = refusal ?? SubmissionRefusal("\(quoted(entry.name)) cannot be read", hint: "check its permissions")
  }
}
