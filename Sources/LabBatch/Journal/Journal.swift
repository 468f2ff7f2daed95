// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Synchronization

/// The record of a grading, `journal.jsonl`: one JSON object a line, each brought to the disk before anything goes on, and none ever
/// taken back. While it is open no other process can open it.
public final class Journal: Sendable {
  /// The name of the file in the folder of the results.
  public static let fileName = "journal.jsonl"

  private struct State {
    var book: GradeBook
    var index: JournalIndex
    /// Where the next line begins.
    var size: off_t
  }

  private let descriptor: Int32
  private let folder: URL
  private let shown: String
  private let state: Mutex<State>

  /// Opens the journal of a folder, or begins one. A last line that was not written to its end is cut off.
  /// - Parameters:
  ///   - folder: the folder of the results; it is there.
  ///   - shown: its path as the caller knows it.
  /// - Throws: `LabError` if another process has it open, if it cannot be read or written, or if it is none.
  public init(in folder: URL, shown: String) throws {
    self.folder = folder
    let path = folder.appending(path: Self.fileName).path
    self.shown = shown
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
      throw LabError(systemCall: "open \(shown)/\(Self.fileName)", code: errno, isUsage: true)
    }
    do {
      try Self.lock(descriptor, shown)
      let (book, index, size) = try Self.read(descriptor, name: "\(shown)/\(Self.fileName)")
      guard ftruncate(descriptor, size) == 0, lseek(descriptor, size, SEEK_SET) == size else {
        throw LabError(systemCall: "write \(shown)/\(Self.fileName)", code: errno)
      }
      state = Mutex(State(book: book, index: index, size: size))
    } catch {
      close(descriptor)
      throw error
    }
    _ = WholeFile.synchronizeFiles(in: folder)
  }

  deinit { close(descriptor) }

  /// What it says up to now.
  public var book: GradeBook { state.withLock { $0.book } }

  /// The folder of the run that a line is about, wherever the line was first written; nil if it is not in this journal.
  /// - Parameter identity: what the line is known by.
  func runFolder(of identity: String) -> String? { state.withLock { $0.index.runFolders[identity] } }

  /// The line of a student's result in force.
  func latest(of student: String) -> JournalIndex.Latest? { state.withLock { $0.index.latest[student] } }

  /// Writes an event, and returns when it is on the disk.
  /// - Throws: `LabError`, with code `disk.full` where that is the reason; then nothing of the event is in the journal.
  public func append(_ event: JournalEvent) throws { try append(event, at: Date(), origin: nil) }

  /// Writes an event that was taken from another journal.
  /// - Parameters:
  ///   - event: the event.
  ///   - date: when it happened.
  ///   - origin: what the other journal's line is known by.
  func append(_ event: JournalEvent, at date: Date, origin: String?) throws {
    let line = JournalLine(at: date, event: event, origin: origin)
    let bytes = try line.bytes
    try state.withLock { state in
      try checkPlace(size: state.size)
      var failure = WholeFile.append(bytes + [UInt8(ascii: "\n")], to: descriptor)
      if failure == nil, fsync(descriptor) != 0 { failure = errno }
      if let failure {
        // A part of a line that stays in spite of this is cut off when the journal is opened again.
        if ftruncate(descriptor, state.size) == 0 { lseek(descriptor, state.size, SEEK_SET) }
        throw LabError(systemCall: "write \(Self.fileName)", code: failure)
      }
      state.size += off_t(bytes.count + 1)
      state.book.take(event)
      state.index.take(line, bytes: bytes)
    }
  }

  /// Looks whether the file that is open still is the one that the next call finds, and whether nobody else has written to it.
  private func checkPlace(size: off_t) throws {
    guard let identity = FileIdentity(descriptor: descriptor),
      FileIdentity(folder.appending(path: Self.fileName).path) == identity
    else {
      let isFolderThere = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) != nil
      throw LabError.outputGone(isFolderThere ? "\(shown)/\(Self.fileName)" : shown)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size == size else {
      throw LabError(
        code: "journal.changed",
        message: "another program has changed \(shown)/\(Self.fileName) while this one was grading",
        remedy: "put it back as it was, or name another folder with --output")
    }
  }

  /// What an open journal says, what its lines are known by, and the length of its whole lines in bytes.
  private static func read(_ descriptor: Int32, name: String) throws -> (GradeBook, JournalIndex, off_t) {
    let data = try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd() ?? Data()
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var book = GradeBook()
    var index = JournalIndex()
    var size: off_t = 0
    // What comes after the last line end is a line that was not written to its end.
    for (number, bytes) in lines.dropLast().enumerated() {
      if number == 0 { try refuseForeign(bytes, name: name) }
      guard let line = try? JournalLine(bytes) else {
        // After a power cut the last line may have its length and not its contents.
        if number == lines.count - 2, number > 0 { break }
        throw LabError(
          code: "journal.damaged", message: "line \(number + 1) of \(name) cannot be read",
          remedy: "name another folder with --output, or put the file back as it was", isUsage: true)
      }
      book.take(line.event)
      index.take(line, bytes: bytes)
      size += off_t(bytes.count + 1)
    }
    return (book, index, size)
  }

  /// Refuses a journal whose first line is not that of this program's journals.
  static func refuseForeign(_ line: Data, name: String) throws {
    struct Beginning: Decodable {
      var event: String
      var schema: Int
    }
    guard let beginning = try? JSONDecoder().decode(Beginning.self, from: Data(line)), beginning.event == "lab" else {
      throw LabError(
        code: "journal.foreign", message: "\(name) is not the journal of a grading",
        remedy: "name another folder with --output", isUsage: true)
    }
    guard beginning.schema == JournalHeader.currentSchema else {
      let age = beginning.schema < JournalHeader.currentSchema ? "an older" : "a newer"
      throw LabError(
        code: "journal.schema", message: "\(name) was written by \(age) version of the lab",
        remedy: "name another folder with --output, or go on with that version", isUsage: true)
    }
  }

  /// Takes the journal for this process alone.
  private static func lock(_ descriptor: Int32, _ shown: String) throws {
    // A process that was killed may take a moment to go, and so may one that is about to become another program.
    for _ in 0..<50 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw LabError(systemCall: "lock \(shown)", code: errno) }
      usleep(20_000)
    }
    throw LabError(
      code: "journal.busy", message: "another grading is writing to \(shown)",
      remedy: "wait for its end, or name another folder with --output", isUsage: true)
  }
}

extension LabError {
  /// The folder of the results is not there any more.
  /// - Parameter shown: its path as the caller knows it.
  public static func outputGone(_ shown: String) -> LabError {
    LabError(
      code: "output.gone", message: "\(shown) was removed, moved or replaced while the lab was writing to it",
      remedy: "put it back if it still is somewhere, and give the same command again: it goes on with what is there")
  }
}
