// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Submission {
  /// Finds out what a path holds and reads it.
  /// - Parameters:
  ///   - path: a C file, a folder of them, or an ESP-IDF project; relative to the current folder or absolute.
  ///   - limits: how much it may hold.
  /// - Throws: `SubmissionProblem`.
  public init(at path: String, limits: SubmissionLimits = SubmissionLimits()) throws {
    guard let pointer = realpath(path, nil) else {
      throw errno == EACCES ? SubmissionProblem.unreadable(path) : .missing(path)
    }
    let absolute = String(cString: pointer)
    free(pointer)
    var status = stat()
    guard stat(absolute, &status) == 0 else { throw SubmissionProblem.missing(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = try Self.singleFile(absolute, named: path, limits: limits)
    case S_IFDIR: self = try Self.folder(absolute, named: path, limits: limits)
    default: throw SubmissionProblem.notAProject(path, reason: "it is neither a file nor a folder")
    }
  }

  /// A C file, with the headers beside it that it includes.
  private static func singleFile(_ path: String, named: String, limits: SubmissionLimits) throws -> Submission {
    let url = URL(fileURLWithPath: path)
    let root = url.deletingLastPathComponent().path
    let name = url.lastPathComponent
    var reader = SubmissionReader(root: root, limits: limits)
    if name.hasSuffix(".swift") { throw SubmissionProblem.swift(named) }
    do { try reader.load(name) } catch SubmissionProblem.unreadable { throw SubmissionProblem.unreadable(named) }
    let contents = reader.files[name] ?? []
    if isBinary(contents) { throw SubmissionProblem.binary(named) }
    guard name.hasSuffix(".c") else {
      throw SubmissionProblem.notAProject(named, reason: "its name does not end in .c")
    }
    var queue = quotedIncludes(contents)
    while let header = queue.popLast() {
      guard reader.files[header] == nil, reader.kind(of: header) == .file else { continue }
      try reader.load(header)
      queue += quotedIncludes(reader.files[header] ?? [])
    }
    return Submission(
      form: .file, root: root, sources: [name], files: sorted(reader.files), includeFolders: ["."], configuration: [:],
      notes: reader.notes)
  }

  private static func folder(_ path: String, named: String, limits: SubmissionLimits) throws -> Submission {
    guard access(path, R_OK | X_OK) == 0 else { throw SubmissionProblem.unreadable(named) }
    var reader = SubmissionReader(root: path, limits: limits)
    let names = try reader.readTree("")
    let hasCMake = names.contains("CMakeLists.txt")
    let isProject = hasCMake && reader.kind(of: "main") == .folder
    let candidates = names.filter { $0.hasSuffix(".c") }
    let sources = isProject ? ProjectFiles(reader: reader, names: names).sources : candidates
    guard !sources.isEmpty else {
      if let swift = names.first(where: { $0.hasSuffix(".swift") }) { throw SubmissionProblem.swift(swift) }
      if hasCMake && !isProject {
        throw SubmissionProblem.notAProject(named, reason: "there is a CMakeLists.txt but no folder main/")
      }
      throw SubmissionProblem.empty(isProject ? "\(named)/main" : named)
    }
    for source in sources where isBinary(reader.files[source] ?? []) { throw SubmissionProblem.binary(source) }
    var notes = reader.notes
    for name in names where [".cpp", ".cc", ".S", ".swift"].contains(where: name.hasSuffix) {
      notes.append("\(name) is not built: the bundled SDK compiles C only")
    }
    let options = isProject ? ProjectConfiguration(reader: reader, names: names) : ProjectConfiguration()
    return Submission(
      form: isProject ? .project : .folder, root: path, sources: sources, files: sorted(reader.files),
      includeFolders: includeFolders(reader.files.keys), configuration: options.values, notes: notes + options.notes)
  }

  /// Every folder that has a header, and the root: what a project's `INCLUDE_DIRS` names is among them.
  private static func includeFolders(_ paths: some Sequence<String>) -> [String] {
    let folders = paths.filter { $0.hasSuffix(".h") }.map { path in
      path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
    return Set(folders + ["."]).sorted()
  }

  private static func sorted(_ files: [String: [UInt8]]) -> [File] {
    files.map { File(path: $0.key, contents: $0.value) }.sorted { $0.path < $1.path }
  }

  /// Source text has no zero bytes, in whatever encoding of letters.
  private static func isBinary(_ contents: [UInt8]) -> Bool {
    contents.prefix(64 << 10).contains(0)
  }

  /// The names in `#include "…"` that stay in the folder.
  static func quotedIncludes(_ contents: [UInt8]) -> [String] {
    String(decoding: contents, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
      guard let match = line.firstMatch(of: /^\s*#\s*include\s*"([^"\/][^"]*)"/) else { return nil }
      let name = String(match.1)
      return name.split(separator: "/").contains("..") ? nil : name
    }
  }
}
