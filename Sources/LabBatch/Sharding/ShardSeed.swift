// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Begins the folder of a shard with what the whole class's journal knows of the shard's students, so that they are graded there as
/// they would be here: the same reasons, numbers of runs and attempts, and hints.
public enum ShardSeed {
  /// Makes the folder.
  /// - Parameters:
  ///   - folder: where it is to be; it is not there yet.
  ///   - record: whom it is for.
  ///   - results: the folder of the whole class.
  public static func write(to folder: URL, _ record: ShardRecord, from results: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw LabError(code: "output.unwritable", message: "cannot make \(folder.path): \(error.localizedDescription)")
    }
    let file = results.appending(path: Journal.fileName)
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw LabError(code: "journal.missing", message: "\(file.path) cannot be read")
    }
    let students = Set(record.students)
    var seed: [UInt8] = []
    for bytes in data.split(separator: UInt8(ascii: "\n")) {
      // A line that is not whole was never answered for.
      guard var line = try? JournalLine(bytes) else { continue }
      switch line.event {
      case .started: continue
      // Lines stay as they are, by which they are known again.
      case .lab, .finished: seed += bytes
      case .retried(let run):
        guard students.contains(run.student) else { continue }
        seed += bytes
      case .graded(let graded):
        guard students.contains(graded.result.student) else { continue }
        seed += bytes
      case .began(var session):
        session.asked = session.asked.filter(students.contains)
        session.rerun = []
        line.event = .began(session)
        seed += try line.bytes
      }
      seed.append(UInt8(ascii: "\n"))
    }
    try WholeFile.write(seed, to: folder.appending(path: Journal.fileName))
    try record.write(to: folder)
  }
}
