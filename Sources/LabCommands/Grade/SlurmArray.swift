// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel

/// A job array that grades a class, or what is left of it: a shard a task, in a folder that the tasks and this computer share.
struct SlurmArray: Sendable {
  /// What `array.json` keeps.
  private struct Record: Codable {
    var schema = 1
    /// By what name Slurm knows the job; no other job has it.
    var name: String
    /// How many tasks it has.
    var count: Int
  }

  private static let recordName = "array.json"
  private static let scriptName = "task.sh"

  /// What each task does. All that is somebody's choice comes as an argument.
  private static let script = """
    #!/bin/sh
    # task.sh COUNT FOLDER COMMAND...: grades one of COUNT shards in FOLDER.
    count=$1 folder=$2
    shift 2
    if ! grep -qF "\\"$SLURM_JOB_NAME\\"" "$folder/array.json"; then
      echo "lab: $folder is another folder on $(hostname): it has to be shared by all nodes" >&2
      exit 75
    fi
    exec "$@" --output "$folder/$SLURM_ARRAY_TASK_ID-of-$count" --shard "$SLURM_ARRAY_TASK_ID/$count"

    """

  /// The folder that the tasks share.
  let folder: URL
  /// Its path as the caller knows it.
  let shown: String
  /// By what name Slurm knows the job.
  let name: String
  /// How many tasks it has.
  let count: Int
  /// The students of each shard.
  let students: [[String]]
  /// The results of each shard.
  var sources: [ShardSource]

  /// Reads an array that an earlier call has submitted.
  /// - Returns: nil if it was never so far.
  /// - Throws: `LabError` if its shards cannot be read.
  init?(_ folder: URL, shown: String) throws {
    guard let data = FileManager.default.contents(atPath: folder.appending(path: Self.recordName).path),
      let record = try? JSONDecoder().decode(Record.self, from: data), record.schema == 1
    else { return nil }
    try self.init(folder, shown: shown, record)
  }

  /// Makes the folder of a new array; nothing is submitted.
  /// - Parameters:
  ///   - folder: a folder that is not there yet.
  ///   - shown: its path as the caller knows it.
  ///   - students: who is to be graded.
  ///   - count: in how many tasks.
  ///   - results: the folder with the class's journal.
  init(new folder: URL, shown: String, students: [String], count: Int, results: URL) throws {
    let record = Record(name: "lab-grade-\(UUID().uuidString.lowercased())", count: count)
    for index in 1...count {
      guard let shard = Shard(index, of: count) else { continue }
      try ShardSeed.write(
        to: folder.appending(path: shard.folderName), ShardRecord(shard, students: shard.students(of: students)),
        from: results)
    }
    try WholeFile.write(Self.script, to: folder.appending(path: Self.scriptName))
    // With this the array is one that may have been submitted.
    try WholeFile.write(Array(JSONEncoder().encode(record)), to: folder.appending(path: Self.recordName))
    try self.init(folder, shown: shown, record)
  }

  private init(_ folder: URL, shown: String, _ record: Record) throws {
    self.folder = folder
    self.shown = shown
    (name, count) = (record.name, record.count)
    let folders = (1...max(1, record.count)).compactMap { Shard($0, of: record.count)?.folderName }
    students = try folders.map {
      try ShardRecord(in: folder.appending(path: $0), shown: "\(shown)/\($0)")?.students ?? []
    }
    sources = try folders.map { try ShardSource(folder.appending(path: $0), shown: "\(shown)/\($0)") }
  }

  /// The script of its tasks and the script's arguments.
  /// - Parameter command: what grades a shard, but for the shard and its folder.
  func command(_ command: [String]) -> [String] {
    [folder.appending(path: Self.scriptName).path, String(count), folder.path] + command
  }

  /// Whether anything of a task has been seen.
  var hasLogs: Bool {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).contains { $0.hasSuffix(".log") }
  }

  /// What a task has printed last of a failure, be it the lab's or Slurm's; nil if there is nothing.
  /// - Parameter index: the task's number.
  func lastWords(of index: Int) -> String? {
    guard let file = FileHandle(forReadingAtPath: folder.appending(path: "\(index).log").path) else { return nil }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size > 2048 ? size - 2048 : 0)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").last { $0.hasPrefix("lab: ") || $0.contains("error: ") }.map(String.init)
  }
}
