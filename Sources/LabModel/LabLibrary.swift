// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The labs in a folder: each has a folder of its own with a `lab.yaml`.
public struct LabLibrary: Sendable {
  /// The folder that holds `labs/` and `firmware/`.
  public let root: URL

  /// - Parameter root: the folder that holds `labs/` and `firmware/`.
  public init(root: URL) {
    self.root = root
  }

  /// The lab files there are, in the order of their folders' names.
  /// - Throws: `LabError` with code `lab.none` if there is none.
  public func files() throws -> [URL] {
    let labs = root.appending(path: "labs")
    let folders = (try? FileManager.default.contentsOfDirectory(at: labs, includingPropertiesForKeys: nil)) ?? []
    let files = folders.map { $0.appending(path: "lab.yaml") }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .sorted { $0.path < $1.path }
    guard !files.isEmpty else {
      throw LabError(
        code: "lab.none", message: "there are no labs in \(labs.path)",
        remedy: "Run lab inside its checkout, or set LAB_ROOT to it.", isUsage: true)
    }
    return files
  }

  /// The folder of the catalogue of mistakes.
  public var mistakesFolder: URL { root.appending(path: "labs/mistakes") }

  /// The known mistakes.
  /// - Throws: `LabError` with code `lab.file` for an entry that cannot be read.
  public func mistakes() throws -> MistakeCatalogue {
    try MistakeCatalogue(folder: mistakesFolder, shown: displayName)
  }

  /// Reads one lab file.
  /// - Throws: `LabError` with code `lab.file` that says where and why it cannot be read.
  public func lab(at file: URL) throws -> Lab {
    try lab(at: file, mistakes: try mistakes())
  }

  private func lab(at file: URL, mistakes: MistakeCatalogue) throws -> Lab {
    let name = displayName(of: file)
    let text: String
    do {
      text = try String(contentsOf: file, encoding: .utf8)
    } catch {
      throw LabError(
        code: "lab.file", message: "\(name): cannot be read: \(error.localizedDescription)", isUsage: true)
    }
    return try Lab(yaml: text, file: name, mistakes: mistakes)
  }

  /// All labs. A malformed file is an error.
  public func labs() throws -> [Lab] {
    let (labs, problems) = try readableLabs()
    if let problem = problems.first { throw problem }
    return labs
  }

  /// The labs whose files can be read, and what is wrong with the others: one that is broken hides no other.
  /// - Throws: `LabError` if there is no lab file, or if the catalogue of mistakes cannot be read.
  public func readableLabs() throws -> (labs: [Lab], problems: [LabError]) {
    let mistakes = try mistakes()
    var labs: [Lab] = []
    var problems: [LabError] = []
    for file in try files() {
      do {
        let lab = try lab(at: file, mistakes: mistakes)
        if let twin = labs.first(where: { $0.id == lab.id || $0.name == lab.name }) {
          throw LabError(
            code: "lab.file", message: "\(displayName(of: file)): another lab is called '\(twin.id)' or '\(twin.name)'",
            isUsage: true)
        }
        labs.append(lab)
      } catch let problem as LabError {
        problems.append(problem)
      }
    }
    return (labs, problems)
  }

  /// The lab with an id or a name.
  /// - Throws: `LabError` with code `lab.unknown` that lists what there is.
  public func lab(named name: String) throws -> Lab {
    // As a rule the folder's name tells: then the other files need not be read.
    for file in try files() where Self.suggests(file, name) {
      if let lab = try? lab(at: file), lab.answers(to: name) { return lab }
    }
    let (labs, problems) = try readableLabs()
    if let lab = labs.first(where: { $0.answers(to: name) }) { return lab }
    if let file = try file(expectedOf: name) { _ = try lab(at: file) }
    let list = (labs.map { "  \($0.id)  \($0.name)  \($0.title)" } + problems.map { "  not readable: \($0.message)" })
      .joined(separator: "\n")
    let nearest = name.nearest(in: labs.flatMap { [$0.id, $0.name] }.filter { $0.count > 1 })
    let guess = nearest.map { "Did you mean '\($0)'? " } ?? ""
    throw LabError(
      code: "lab.unknown", message: "there is no lab '\(name)'", remedy: "\(guess)There is:\n\(list)", isUsage: true)
  }

  /// The changes of a lab's solution that are no mistakes: what `equal-mutants.yaml` says, the one beside its lab file and the one of all labs.
  /// - Throws: `LabError` with code `lab.file` if one cannot be read.
  public func equalMutants(of lab: Lab) throws -> EqualMutants {
    let file = try files().first { (try? self.lab(at: $0))?.id == lab.id }
    let folders = [file?.deletingLastPathComponent(), root.appending(path: "labs")].compactMap(\.self)
    return EqualMutants(
      try folders.flatMap { folder -> [EqualMutants.Entry] in
        let list = folder.appending(path: "equal-mutants.yaml")
        guard let contents = FileManager.default.contents(atPath: list.path) else { return [] }
        return try EqualMutants(yaml: String(decoding: contents, as: UTF8.self), file: displayName(of: list)).entries
      })
  }

  /// The SHA-256 of what a verdict on a lab rests on, its file and the catalogue of mistakes, in hexadecimal digits.
  /// - Throws: `LabError` if a file cannot be read.
  public func digest(of lab: Lab) throws -> String {
    guard let file = try files().first(where: { (try? self.lab(at: $0))?.id == lab.id }) else {
      throw LabError(code: "lab.unknown", message: "there is no lab '\(lab.id)'", isUsage: true)
    }
    var hash = ContentHash()
    for file in [file] + MistakeCatalogue.files(in: mistakesFolder) {
      guard let contents = FileManager.default.contents(atPath: file.path) else {
        throw LabError(
          code: "lab.file", message: "\(displayName(of: file)): cannot be read", isUsage: true)
      }
      hash.add(file.lastPathComponent)
      hash.add(Array(contents))
    }
    return hash.finish()
  }

  /// The lab file whose folder's name lets expect a lab of a name, be its contents what they may; nil if there is none.
  public func file(expectedOf name: String) throws -> URL? {
    try files().first { Self.suggests($0, name) }
  }

  /// Whether the name of a lab file's folder lets expect a lab of a name: `03-command-server` the lab 3.
  private static func suggests(_ file: URL, _ name: String) -> Bool {
    let folder = file.deletingLastPathComponent().lastPathComponent
    guard folder != name, let number = Int(name) else { return folder == name }
    return Int(folder.prefix(while: { $0 != "-" })) == number
  }

  private func displayName(of file: URL) -> String {
    let prefix = root.standardizedFileURL.path + "/"
    let path = file.standardizedFileURL.path
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}

extension LabError {
  /// What is wrong with several lab files, in one; nil if nothing is.
  public init?(all problems: [LabError]) {
    guard let first = problems.first else { return nil }
    self = first
    message = problems.map(\.message).joined(separator: "\n")
  }
}

extension Lab {
  /// Whether it is the one that is called so.
  fileprivate func answers(to name: String) -> Bool {
    id == name || self.name == name || firmware == name
  }
}
