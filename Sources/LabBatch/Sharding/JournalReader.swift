// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Reads a journal from where it has come to; another process may be writing it, on another computer.
public struct JournalReader: Sendable {
  /// A line.
  public struct Entry: Sendable {
    /// What happened.
    public var event: JournalEvent
    /// When it happened.
    public var at: Date
    /// What the line is known by wherever it is copied to.
    var identity: String
  }

  private let path: String
  private let name: String
  private var offset: UInt64 = 0

  /// - Parameters:
  ///   - folder: the folder of the results.
  ///   - shown: its path as the caller knows it.
  public init(in folder: URL, shown: String) {
    path = folder.appending(path: Journal.fileName).path
    name = "\(shown)/\(Journal.fileName)"
  }

  /// Whether there is a journal.
  public var isThere: Bool { FileManager.default.fileExists(atPath: path) }

  /// What has been written since the last time, or at all. A last line that is not whole yet is left for the next time.
  /// - Throws: `LabError` if the journal cannot be read.
  public mutating func read() throws -> [Entry] {
    // Opened anew each time: that is when a network file system looks for what others have written.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw LabError(systemCall: "open \(name)", code: errno)
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try file.seek(toOffset: offset)
    let data = try file.readToEnd() ?? Data()
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    var entries: [Entry] = []
    for (index, line) in lines.enumerated() {
      if offset == 0 { try Journal.refuseForeign(Data(line), name: name) }
      guard let read = try? JournalLine(line) else {
        // After a power cut the last line may have its length and not its contents; its writer cuts it off.
        if index == lines.count - 1, offset > 0 { break }
        throw LabError(code: "journal.damaged", message: "a line of \(name) cannot be read", isUsage: true)
      }
      entries.append(Entry(event: read.event, at: read.at, identity: read.identity(of: line)))
      offset += UInt64(line.count + 1)
    }
    return entries
  }
}
