// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The files of an archive, their names checked, before any is written.
struct ArchiveTree {
  /// Contents by path; no path leads out, and none is a folder of another.
  private(set) var files: [String: Data] = [:]
  private var folders: Set<String> = []
  private var links: [(path: String, target: [UInt8], isSymbolic: Bool)] = []
  /// The paths of files and links.
  private var taken: Set<String> = []
  private let limits: UnpackLimits

  /// - Parameters:
  ///   - tar: the archive as a plain tar.
  ///   - limits: how much it may hold.
  ///   - isWhole: whether the tar has its end. If not, only what the entries show is of interest.
  /// - Throws: `SubmissionRefusal` for what is in the archive, `LabError` if it is no tar.
  init(_ tar: Data, limits: UnpackLimits, isWhole: Bool) throws {
    self.limits = limits
    var reader = TarReader(tar)
    var count = 0
    do {
      while let entry = try reader.next() {
        count += 1
        guard count <= limits.entries else {
          throw SubmissionRefusal(
            "the archive holds more than \(limits.entries) files", hint: SubmissionRefusal.sourcesAlone)
        }
        try add(entry)
      }
    } catch let problem as TarReader.Problem {
      guard isWhole else { return }
      throw LabError(code: "archive.unreadable", message: "what bsdtar made of an archive cannot be read (\(problem))")
    }
    guard isWhole else { return }
    try follow()
    try checkContents()
  }

  private mutating func add(_ entry: TarReader.Entry) throws {
    let path = try path(entry.path)
    if path.split(separator: "/").contains(where: { $0.hasPrefix(".") || $0 == "__MACOSX" }) { return }
    switch entry.kind {
    case .folder:
      break
    case .file:
      try claim(path)
      files[path] = entry.contents
    case .symbolicLink, .hardLink:
      try claim(path)
      links.append((path, entry.target, entry.kind == .symbolicLink))
    case .special:
      throw SubmissionRefusal(
        "\(quoted(path)) in the archive is a device, a pipe or a file with holes", hint: SubmissionRefusal.sourcesAlone)
    }
  }

  /// A name without `.` and doubled slashes.
  private func path(_ bytes: [UInt8]) throws -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = bytes.split(separator: UInt8(ascii: "/")).filter { $0 != [UInt8(ascii: ".")] }
      .map { String(decoding: $0, as: UTF8.self) }
    guard bytes.first != UInt8(ascii: "/"), !parts.contains("..") else {
      throw SubmissionRefusal(
        "\(quoted(text)) in the archive leads out of it", hint: "make the archive anew, of the program's own folder")
    }
    guard parts.count <= limits.depth, parts.allSatisfy({ $0.utf8.count <= 255 }), bytes.count <= 1024 else {
      throw SubmissionRefusal(
        "\(quoted(text)) in the archive is too long a name or more than \(limits.depth) folders deep",
        hint: "give it a shorter one")
    }
    return parts.joined(separator: "/")
  }

  /// Takes a path for a file. Which of two that want the same place counts is not for the lab to say.
  private mutating func claim(_ path: String) throws {
    var parents: [String] = []
    for slash in path.indices where path[slash] == "/" { parents.append(String(path[..<slash])) }
    let isTaken = taken.contains(path) || folders.contains(path) || parents.contains(where: taken.contains)
    guard !path.isEmpty, !isTaken else {
      throw SubmissionRefusal("\(quoted(path)) is in the archive more than once", hint: SubmissionRefusal.anew)
    }
    taken.insert(path)
    folders.formUnion(parents)
  }

  /// Puts the file itself where a link to it is.
  private mutating func follow() throws {
    var size = files.values.reduce(0) { $0 + $1.count }
    for link in links {
      let base = link.isSymbolic ? link.path.split(separator: "/").dropLast().map(String.init) : []
      var parts = base
      for part in link.target.split(separator: UInt8(ascii: "/")).map({ String(decoding: $0, as: UTF8.self) }) {
        switch part {
        case ".": continue
        case "..": if parts.popLast() == nil { parts = [".."] }
        default: parts.append(part)
        }
      }
      guard link.target.first != UInt8(ascii: "/"), let contents = files[parts.joined(separator: "/")] else {
        throw SubmissionRefusal(
          "\(quoted(link.path)) in the archive is a link to something else than a file in it",
          hint: "put the file itself there")
      }
      size += contents.count
      guard size <= limits.totalSize else {
        throw SubmissionRefusal(
          "it unpacks to more than \(limits.totalSize >> 20) MiB", hint: SubmissionRefusal.sourcesAlone)
      }
      files[link.path] = contents
    }
  }

  private func checkContents() throws {
    guard !files.isEmpty else { throw SubmissionRefusal("the archive holds no file", hint: SubmissionRefusal.anew) }
    let isProgram = files.keys.contains { $0.hasSuffix(".c") || $0.hasSuffix(".swift") }
    if !isProgram, let inner = files.keys.sorted().first(where: ArchiveName.isArchive) {
      throw SubmissionRefusal(
        "\(quoted(inner)) in the archive is an archive again, which is not unpacked",
        hint: "put the files themselves into one archive")
    }
  }

  /// Where the program is: empty, or `/` and the path of a folder.
  var program: String { ProgramFolder.path(of: Array(files.keys)) }

  /// Writes the files, as any program of the caller's would: whatever modes and owners the archive has.
  /// - Parameter folder: a folder that does not exist yet.
  /// - Throws: `LabError` if they cannot be written.
  func write(to folder: URL) throws {
    do {
      let manager = FileManager.default
      try manager.createDirectory(at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
      try manager.createDirectory(at: folder, withIntermediateDirectories: false)
      for (path, contents) in files {
        try Task.checkCancellation()
        let file = URL(fileURLWithPath: folder.path + "/" + path)
        try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try contents.write(to: file, options: .withoutOverwriting)
      }
    } catch let error as CancellationError {
      throw error
    } catch CocoaError.fileWriteOutOfSpace {
      throw LabError(archiveDiskFull: folder.path)
    } catch {
      throw LabError(
        code: "output.unwritable",
        message: "an archive cannot be unpacked to \(folder.path): \(error.localizedDescription)",
        remedy: "check that the folder can be written and has room")
    }
  }
}
