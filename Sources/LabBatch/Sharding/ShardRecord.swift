// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Which students a shard's folder is for, `shard.json`. It is written once: a shard keeps its students when others join the class.
public struct ShardRecord: Codable, Equatable, Sendable {
  /// The name of the file in the folder of the shard's results.
  public static let fileName = "shard.json"

  /// The version of the file's format.
  public private(set) var schema = 1
  /// Which part of the class it is, as ``Shard`` writes it.
  public var shard: String
  /// The students in it, in the order of their names. Hostile text.
  public var students: [String]

  /// - Parameters: as the properties of the same names.
  public init(_ shard: Shard, students: [String]) {
    self.shard = shard.description
    self.students = students.sorted()
  }

  /// Reads a folder's.
  /// - Returns: nil if there is none.
  /// - Throws: `LabError` if it cannot be read.
  public init?(in folder: URL, shown: String) throws {
    guard let data = FileManager.default.contents(atPath: folder.appending(path: Self.fileName).path) else {
      return nil
    }
    guard let record = try? JSONDecoder().decode(Self.self, from: data), record.schema == 1 else {
      throw LabError(
        code: "shard.damaged", message: "\(shown)/\(Self.fileName) cannot be read",
        remedy: "name another folder with --output", isUsage: true)
    }
    self = record
  }

  /// The students whom a folder is for, which from now on stay the same.
  /// - Parameters:
  ///   - shard: the part of the class that the caller means.
  ///   - submissions: what the class has handed in.
  ///   - folder: the shard's folder, which nobody else uses.
  ///   - shown: its path as the caller knows it.
  /// - Throws: `LabError` if it is the folder of another part.
  public static func students(
    of shard: Shard, among submissions: [ClassSubmission], in folder: URL, shown: String
  ) throws -> Set<String> {
    if let there = try ShardRecord(in: folder, shown: shown) {
      guard there.shard == shard.description else {
        throw LabError(
          code: "shard.other", message: "\(shown) holds results of shard \(there.shard), not of \(shard)",
          remedy: "name another folder with --output", isUsage: true)
      }
      return Set(there.students)
    }
    let record = ShardRecord(shard, students: shard.students(of: submissions.map(\.student)))
    try record.write(to: folder)
    return Set(record.students)
  }

  /// Writes it into a folder.
  public func write(to folder: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try WholeFile.write(Array(encoder.encode(self)), to: folder.appending(path: Self.fileName))
  }
}
