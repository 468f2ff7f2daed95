// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabMutation
import LabSandbox

/// A mutant and what its file holds.
struct MadeMutant: Sendable {
  var mutant: Mutant
  /// The changed file's bytes.
  var contents: [UInt8]
  /// Stands for all files of the program as it was.
  var original: String

  /// Stands for all that the mutant consists of.
  var digest: String {
    var hash = ContentHash()
    hash.add(original)
    hash.add(contents)
    return hash.finish()
  }
}

/// Makes the mutants of a program, and builds them.
struct MutantWorkshop: Sendable {
  /// The program: a folder, or a file.
  let program: URL
  /// Where the mutants go: a folder each, by its id.
  let folder: URL
  let builder: any SubmissionBuilder

  /// What the compiler made of a mutant.
  enum Build: Sendable {
    /// It refuses the mutant.
    case unbuilt
    /// A program: its digest.
    case program(String)
  }

  /// Finds all mutants.
  /// - Parameter trees: makes the syntax trees.
  /// - Throws: `LabError` if the program cannot be read.
  func mutants(_ trees: SyntaxTrees) async throws -> [MadeMutant] {
    let submission: Submission
    do {
      submission = try Submission(at: program.path)
    } catch let problem as SubmissionProblem {
      throw LabError(code: "prove.program", message: problem.description, remedy: problem.hint, isUsage: true)
    }
    guard submission.language == .c else {
      throw LabError(code: "prove.language", message: "\(program.path) is not in C: only C has mutants", isUsage: true)
    }
    var whole = ContentHash()
    for file in submission.files {
      whole.add(file.path)
      whole.add(file.contents)
    }
    let original = whole.finish()
    var ids: Set<String> = []
    return try await trees.make(of: submission).flatMap { tree in
      let source = CSource(tree.source)
      return try MutantSearch.mutants(of: source, file: tree.file, syntaxTree: tree.json).filter {
        ids.insert($0.id).inserted
      }.map { MadeMutant(mutant: $0, contents: $0.edit.applied(to: source), original: original) }
    }
  }

  /// Writes a mutant: a copy of the program with one file changed.
  /// - Returns: its folder.
  func write(_ made: MadeMutant) throws -> String {
    let place = folder.appending(path: made.mutant.id)
    try copy(to: place)
    try WholeFile.write(made.contents, to: place.appending(path: made.mutant.file))
    return place.path
  }

  /// Copies the program as it is.
  func copy(to place: URL) throws {
    try? FileManager.default.removeItem(at: place)
    do {
      let isFolder = FileManager.default.isFolder(program)
      try FileManager.default.createDirectory(at: isFolder ? folder : place, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: program, to: isFolder ? place : place.appending(path: program.lastPathComponent))
    } catch {
      throw LabError(code: "output.unwritable", message: "cannot write \(place.path): \(error.localizedDescription)")
    }
  }

  /// Builds a program, for what it comes to and for the cache.
  func build(_ path: String) async throws -> Build {
    let workspace = try PrivateDirectory()
    defer { withExtendedLifetime(workspace) {} }
    do {
      return .program(try await builder.build(path, in: .c, into: workspace.path).programDigest())
    } catch is BuildFailure {
      return .unbuilt
    }
  }
}
