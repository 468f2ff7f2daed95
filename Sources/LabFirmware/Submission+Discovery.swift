// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension Submission {
  /// Finds out what a path holds and reads it.
  /// - Parameters:
  ///   - path: a C or Swift file, a folder of them, or an ESP-IDF project; relative to the current folder or absolute.
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

  /// A source, with the headers beside it that it includes; a Swift source with the header through which it sees C.
  private static func singleFile(_ path: String, named: String, limits: SubmissionLimits) throws -> Submission {
    let url = URL(fileURLWithPath: path)
    let root = url.deletingLastPathComponent().path
    let name = url.lastPathComponent
    var reader = SubmissionReader(root: root, limits: limits)
    do { try reader.load(name) } catch SubmissionProblem.unreadable { throw SubmissionProblem.unreadable(named) }
    let contents = reader.files[name] ?? []
    if isBinary(contents) { throw SubmissionProblem.binary(named) }
    guard let language = FirmwareLanguage(source: name) else {
      if let foreign = foreignLanguage(of: name) { throw SubmissionProblem.foreign(named, language: foreign) }
      throw SubmissionProblem.notAProject(named, reason: "its name does not end in .c or .swift")
    }
    let bridging = language == .swift && reader.kind(of: bridgingName) == .file ? bridgingName : nil
    var queue = bridging.map { [$0] } ?? quotedIncludes(contents)
    var seen: Set<String> = []
    while let header = queue.popLast() {
      guard seen.insert(header).inserted else { continue }
      guard seen.count <= limits.files * 4 else {
        throw SubmissionProblem.tooBig(named, reason: "it includes more than \(limits.files * 4) files")
      }
      guard isHeader(header), reader.files[header] == nil, reader.kind(of: header) == .file else { continue }
      try reader.load(header)
      queue += quotedIncludes(reader.files[header] ?? [])
    }
    return Submission(
      form: .file, language: language, root: root, sources: [name], files: sorted(reader.files), includeFolders: ["."],
      bridgingHeader: bridging, configuration: [:], notes: reader.notes)
  }

  /// Whether a file beside a single source is part of it. The folder is not the student's alone: it may hold other students' sources, and hidden
  /// folders what is nobody's to see.
  private static func isHeader(_ name: String) -> Bool {
    [".h", ".inc", ".def"].contains(where: name.hasSuffix) && !name.split(separator: "/").contains { $0.hasPrefix(".") }
  }

  private static func folder(_ path: String, named: String, limits: SubmissionLimits) throws -> Submission {
    guard access(path, R_OK | X_OK) == 0 else { throw SubmissionProblem.unreadable(named) }
    var reader = SubmissionReader(root: path, limits: limits)
    let names = try reader.readTree("")
    let hasCMake = names.contains("CMakeLists.txt")
    let isProject = hasCMake && reader.kind(of: "main") == .folder
    let (language, sources) = try sources(reader, names, isProject: isProject)
    guard !sources.isEmpty else {
      if let name = names.first(where: { foreignLanguage(of: $0) != nil }), let foreign = foreignLanguage(of: name) {
        throw SubmissionProblem.foreign(name, language: foreign)
      }
      if hasCMake && !isProject {
        throw SubmissionProblem.notAProject(named, reason: "there is a CMakeLists.txt but no folder main/")
      }
      throw SubmissionProblem.empty(isProject ? "\(named)/main" : named)
    }
    for source in sources where isBinary(reader.files[source] ?? []) { throw SubmissionProblem.binary(source) }
    var notes = reader.notes
    let others = FirmwareLanguage.allCases.filter { $0 != language }.map(\.suffix)
    for name in names where ([".cpp", ".cc", ".S"] + others).contains(where: name.hasSuffix) {
      notes.append("\(name) is not built: the program is written in \(language.title)")
    }
    let options = isProject ? ProjectConfiguration(reader: reader, names: names) : ProjectConfiguration()
    let extras =
      isProject
      ? try ProjectExtras(reader: &reader, names: names, assignments: options.assignments) : ProjectExtras()
    return Submission(
      form: isProject ? .project : .folder, language: language, root: path, sources: sources,
      files: sorted(reader.files), includeFolders: includeFolders(reader.files.keys),
      bridgingHeader: language == .swift ? bridgingHeader(names, for: sources) : nil, configuration: options.values,
      assignments: options.assignments, extras: extras, notes: notes + options.notes + extras.notes)
  }

  /// The sources of a folder and their language, if they are in one.
  private static func sources(
    _ reader: SubmissionReader, _ names: [String], isProject: Bool
  ) throws -> (FirmwareLanguage, [String]) {
    func all(_ language: FirmwareLanguage) -> [String] {
      isProject
        ? ProjectFiles(reader: reader, names: names, language: language).sources
        : names.filter { $0.hasSuffix(language.suffix) }
    }
    let (c, swift) = (all(.c), all(.swift))
    guard let firstC = c.first else { return (swift.isEmpty ? .c : .swift, swift) }
    guard let firstSwift = swift.first else { return (.c, c) }
    // A project may have a file lying about that its CMake file does not name.
    let registration = ComponentRegistration(isProject ? reader.files["main/CMakeLists.txt"] ?? [] : [])
    let named = registration.arguments(of: "SRCS")
    switch (named.contains { $0.hasSuffix(".c") }, named.contains { $0.hasSuffix(".swift") }) {
    case (true, false): return (.c, c)
    case (false, true): return (.swift, swift)
    default: throw SubmissionProblem.mixed(c: firstC, swift: firstSwift)
    }
  }

  private static let bridgingName = "BridgingHeader.h"

  /// The header through which a project's Swift sees C: by its usual name, in the folder of a source or at the root.
  private static func bridgingHeader(_ names: [String], for sources: [String]) -> String? {
    let folders = sources.map { path in path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "" }
    return (folders + [""]).map { $0 + bridgingName }.first(where: names.contains)
  }

  /// The language of a source that the lab does not build.
  private static func foreignLanguage(of name: String) -> String? {
    [
      ".cpp": "C++", ".cc": "C++", ".cxx": "C++", ".ino": "an Arduino sketch", ".py": "Python", ".rs": "Rust",
      ".go": "Go", ".zig": "Zig", ".js": "JavaScript", ".lua": "Lua", ".java": "Java",
    ].first { name.hasSuffix($0.key) }?.value
  }

  /// Every folder that has a header, and the root: what a project's `INCLUDE_DIRS` names is among them.
  private static func includeFolders(_ paths: some Sequence<String>) -> [String] {
    let folders = paths.filter { $0.hasSuffix(".h") }.map { path in
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
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

  /// The names in `#include "…"` that stay in the folder, each once.
  static func quotedIncludes(_ contents: [UInt8]) -> [String] {
    let inclusions = inclusion.matches(in: String(decoding: contents, as: UTF8.self))
    return BuildFailure.unique(
      inclusions.compactMap { inclusion in
        guard let name = inclusion[1] else { return nil }
        // As the compiler names it in what it has read.
        let parts = name.split(separator: "/").filter { $0 != "." }
        return parts.contains("..") ? nil : parts.joined(separator: "/")
      })
  }

  private static let inclusion = Pattern(#"(?m)^[ \t]*#[ \t]*include[ \t]*"([^"/\r\n][^"\r\n]*)""#)
}

extension FirmwareLanguage {
  /// The language of a source by its name; `nil` if it is none that is built.
  fileprivate init?(source name: String) {
    guard let language = Self.allCases.first(where: { name.hasSuffix($0.suffix) }) else { return nil }
    self = language
  }
}
