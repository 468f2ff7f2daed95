// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import LabReports

/// The folder that the results of a class go to, from the first call that grades it to the last.
struct ResultsFolder: Sendable {
  /// Bytes that have to be free on its disk for a run to begin: less may not hold what a run records.
  private static let room: UInt64 = 64 << 20

  /// The folder.
  let url: URL
  /// Its path as the caller knows it.
  let shown: String
  private let identity: FileIdentity?

  /// Makes the folder, if it is not there yet.
  /// - Parameters:
  ///   - url: where it is to be.
  ///   - shown: its path as the caller knows it.
  ///   - submissions: the class folder, in which nothing of the lab's is to lie.
  /// - Throws: `LabError` if it cannot be made, or holds something else.
  init(at url: URL, shown: String, besides submissions: URL) throws {
    self.url = url
    self.shown = shown
    let path = url.resolvingSymlinksInPath().path + "/"
    guard !path.hasPrefix(submissions.resolvingSymlinksInPath().path + "/") else {
      throw LabError(
        code: "output.inside", message: "\(shown) lies in the folder of the submissions, and would be taken for one",
        remedy: "name a folder outside of it with --output", isUsage: true)
    }
    let manager = FileManager.default
    if !manager.isFolder(url) {
      do {
        try manager.createDirectory(at: url, withIntermediateDirectories: true)
      } catch {
        throw LabError(
          code: "output.unwritable", message: "cannot make the folder \(shown): \(error.localizedDescription)",
          isUsage: true)
      }
    }
    identity = FileIdentity(url.path)
    let names = (try? manager.contentsOfDirectory(atPath: url.path)) ?? []
    guard names.isEmpty || names.contains(Journal.fileName) else {
      throw LabError(
        code: "output.exists", message: "\(shown) is there already and holds no results of a class",
        remedy: "name a folder that does not exist yet, or that of an earlier grading", isUsage: true)
    }
  }

  /// Makes the folder of a run; what a run has left there that was cut short is taken away.
  /// - Parameter name: relative to this one.
  func makeRunFolder(_ name: String) throws -> RunFolder {
    // Nothing is made where the folder has gone: it would hold this run and no journal.
    try checkPlace()
    let folder = url.appending(path: name)
    try? FileManager.default.removeItem(at: folder)
    return try RunFolder(at: folder, shown: "\(shown)/\(name)")
  }

  /// Looks whether another run can leave its record here.
  /// - Throws: `LabError` if the folder has gone or cannot be written to, with code `disk.full` if there is no room.
  func check() throws {
    try checkPlace()
    guard access(url.path, W_OK | X_OK) == 0 else {
      var error = LabError(systemCall: "write to \(shown)", code: errno)
      error.remedy = "let it be written to; the same command then goes on from here"
      throw error
    }
    var status = statvfs()
    guard statvfs(url.path, &status) == 0 else { return }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    guard free < Self.room else { return }
    throw LabError(
      code: "disk.full", message: "\(free >> 20) MiB are free where \(shown) lies: too little for another run",
      remedy: "free some space; the same command then goes on from here")
  }

  private func checkPlace() throws {
    guard identity != nil, FileIdentity(url.path) == identity else { throw LabError.outputGone(shown) }
  }

  /// Writes what a class's result is rendered as.
  func write(_ result: ClassResult, changes: [GradeChange]) throws {
    do {
      try writeAll(result, changes: changes)
    } catch {
      // What has happened to the folder says more than the file that it was seen by.
      try check()
      throw error
    }
  }

  private func writeAll(_ result: ClassResult, changes: [GradeChange]) throws {
    try write(try JSONReport.render(value: Regrading(lab: result.lab, changes: changes)), to: "regrade.json")
    for folder in Self.folders {
      try? FileManager.default.createDirectory(at: url.appending(path: folder), withIntermediateDirectories: true)
    }
    var written: Set<String> = []
    try ClassReports.render(
      result,
      material: { student in
        student.runFolder.flatMap { try? RunMaterial(folder: url.appending(path: $0), shown: $0) }
      },
      write: { path, text in
        try write(text, to: path)
        written.insert(path)
      })
    takeAwayOthers(than: written)
    try write(try JSONReport.render(value: result), to: "class.json")
  }

  /// The folders that hold a file for each student.
  private static let folders = ["students", "gradescope"]

  /// What an earlier call has left of someone without a result is not to be handed on.
  private func takeAwayOthers(than written: Set<String>) {
    for folder in Self.folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.appending(path: folder).path)) ?? []
      for path in names.map({ "\(folder)/\($0)" }) where !written.contains(path) {
        try? FileManager.default.removeItem(at: url.appending(path: path))
      }
    }
  }

  private func write(_ text: String, to name: String) throws {
    try WholeFile.write(text, to: url.appending(path: name))
  }

  /// What `regrade.json` holds.
  private struct Regrading: Encodable {
    var schema = 1
    var lab: String
    var changes: [GradeChange]
  }
}
