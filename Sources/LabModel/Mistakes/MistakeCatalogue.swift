// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The known mistakes: one file each in `labs/mistakes/`.
public struct MistakeCatalogue: Equatable, Sendable {
  private var mistakes: [String: Mistake]

  /// A catalogue of the given mistakes.
  public init(_ mistakes: [Mistake] = []) {
    self.mistakes = Dictionary(mistakes.map { ($0.id, $0) }) { $1 }
  }

  /// Reads a folder of files `<id>.yaml`. A folder that is not there holds none.
  /// - Parameters:
  ///   - folder: the folder.
  ///   - shown: a file's path as messages are to name it.
  /// - Throws: `LabError` with code `lab.file` that names file, line and column of whatever is not as it has to be.
  public init(folder: URL, shown: (URL) -> String) throws {
    self.init(try Self.files(in: folder).map { try Self.read($0, shown: shown) })
  }

  /// The ids, in alphabetical order.
  public var ids: [String] { mistakes.keys.sorted() }

  /// The mistake of an id.
  public subscript(id: String) -> Mistake? { mistakes[id] }

  /// The files of a folder, in alphabetical order.
  public static func files(in folder: URL) -> [URL] {
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
  }

  /// Reads one file.
  /// - Throws: as `init(folder:shown:)`; also where the id is not the file's name.
  public static func read(_ file: URL, shown: (URL) -> String) throws -> Mistake {
    let name = shown(file)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw LabError(code: "lab.file", message: "\(name): cannot be read as UTF-8 text", isUsage: true)
    }
    let mistake = try Mistake(yaml: text, file: name)
    let stem = file.deletingPathExtension().lastPathComponent
    guard mistake.id == stem else {
      throw LabError(
        code: "lab.file", message: "\(name): the mistake is called '\(mistake.id)', its file '\(stem)'",
        remedy: "Let both be the same, so that who reads the one finds the other.", isUsage: true)
    }
    return mistake
  }
}
