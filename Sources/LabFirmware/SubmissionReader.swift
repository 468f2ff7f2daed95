// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads a submission's files without leaving its folder and without ever waiting for one: links that lead outside, devices
/// and pipes are not opened.
struct SubmissionReader {
  let root: String
  let limits: SubmissionLimits
  /// Contents by path relative to `root`.
  private(set) var files: [String: [UInt8]] = [:]
  private(set) var notes: [String] = []
  private var total = 0

  /// - Parameters:
  ///   - root: the folder, absolute, links resolved.
  ///   - limits: how much it may hold.
  init(root: String, limits: SubmissionLimits) {
    self.root = root
    self.limits = limits
  }

  /// What the compiler may want to read: sources, and text that they include.
  static let suffixes = [".c", ".swift", ".h", ".inc", ".def", ".html", ".txt", ".pem", ".json"]

  /// Reads all that a compiler may want from a folder and the folders in it.
  /// - Parameter folder: relative to the root; empty is the root itself.
  /// - Returns: the names of all regular files, read or not, relative to the root.
  mutating func readTree(_ folder: String, depth: Int = 0) throws -> [String] {
    guard depth < limits.depth else {
      throw SubmissionProblem.tooBig(folder, reason: "folders more than \(limits.depth) deep")
    }
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw SubmissionProblem.unreadable(folder.isEmpty ? root : folder)
    }
    var seen: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let relative = folder.isEmpty ? name : "\(folder)/\(name)"
      switch kind(of: relative) {
      case .folder where !Submission.generatedFolders.contains(name):
        seen += try readTree(relative, depth: depth + 1)
      case .file:
        seen.append(relative)
        guard seen.count <= limits.files * 4 else {
          throw SubmissionProblem.tooBig(root, reason: "more than \(limits.files * 4) files")
        }
        if Self.suffixes.contains(where: name.hasSuffix) { try load(relative) }
      case .linkToFolder:
        notes.append("\(relative) is a link to a folder and was not followed")
      case .linkOutside where Self.suffixes.contains(where: name.hasSuffix):
        throw SubmissionProblem.linkOutside(relative)
      default:
        continue
      }
    }
    return seen
  }

  /// Reads one file, if it is not read yet.
  /// - Parameter path: relative to the root.
  /// - Throws: `SubmissionProblem` if it cannot be read, is too big, or has a name that no tool may see.
  mutating func load(_ path: String) throws {
    if let index = files.index(forKey: path) {
      // Strings are equal that spell a letter in two ways, such as é and e with an accent; to the compiler they are two names.
      guard files.keys[index].utf8.elementsEqual(path.utf8) else {
        throw SubmissionProblem.unusableName(
          path, reason: "another file's name differs only in how its letters are encoded")
      }
      return
    }
    try SubmissionName.check(path)
    // At this moment there must be no link left on the way.
    guard let target = resolved(path) else { throw SubmissionProblem.unreadable(path) }
    let descriptor = open(target, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw SubmissionProblem.unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SubmissionProblem.unreadable(path)
    }
    guard status.st_size <= limits.fileSize else {
      throw SubmissionProblem.tooBig(path, reason: "\(status.st_size) bytes, at most \(limits.fileSize) are read")
    }
    var contents = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < contents.count {
      let got = contents[count...].withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw SubmissionProblem.unreadable(path) }
      if got == 0 { break }
      count += got
    }
    contents.removeLast(contents.count - count)
    total += contents.count
    guard total <= limits.totalSize, files.count < limits.files else {
      throw SubmissionProblem.tooBig(root, reason: "more than \(limits.files) files or \(limits.totalSize) bytes")
    }
    files[path] = contents
  }

  /// What lies at a path.
  enum Kind {
    case file, folder, linkToFolder, linkOutside, other, nothing
  }

  /// What lies at a path relative to the root; a link counts as what it leads to.
  func kind(of path: String) -> Kind {
    var status = stat()
    guard lstat("\(root)/\(path)", &status) == 0 else { return .nothing }
    // A folder on the way may be a link as well.
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), resolved(String(path[..<slash])) == nil {
      return .linkOutside
    }
    let isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink {
      guard let target = resolved(path), stat(target, &status) == 0 else { return .linkOutside }
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return isLink ? .linkToFolder : .folder
    default: return .other
    }
  }

  /// The absolute path behind all links; `nil` if that lies outside of the submission.
  private func resolved(_ path: String) -> String? {
    guard let pointer = realpath("\(root)/\(path)", nil) else { return nil }
    defer { free(pointer) }
    let target = String(cString: pointer)
    // By bytes: a name may begin with a mark that joins the slash before it.
    return target == root || target.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8) ? target : nil
  }
}
