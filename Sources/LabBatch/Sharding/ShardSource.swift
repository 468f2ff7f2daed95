// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The results of a shard, as they are taken into the journal and the folder of the whole class.
///
/// Whatever is taken twice counts once: a line of the shard's journal is known by its contents, and the journal of the whole keeps
/// what it took. A run folder is moved before its line is written, so that one who is stopped anywhere can begin again.
public struct ShardSource: Sendable {
  /// The shard's folder.
  public let folder: URL
  /// Its path as the caller knows it.
  public let shown: String
  /// What its results are about; nil if nothing has been graded in it.
  public private(set) var header: JournalHeader?
  /// The students whose run has begun and not ended.
  public private(set) var runsInFlight: Set<String> = []
  /// Students of whom there is a newer result than the shard's, which stays.
  public private(set) var outdated: Set<String> = []

  private var reader: JournalReader
  private var entries: [JournalReader.Entry] = []
  /// What the entries up to where they were taken are about.
  private var current: JournalHeader?
  private var isConfined = true
  /// The line of each student's last result in the shard that is in the journal of the whole as well.
  private var known: [String: String] = [:]
  /// Where the shard's run folders are now, by their names in the shard.
  private var runFolders: [String: String] = [:]

  /// - Parameters:
  ///   - folder: the shard's folder.
  ///   - shown: its path as the caller knows it.
  /// - Throws: `LabError` if there is none, or if it cannot be read.
  public init(_ folder: URL, shown: String) throws {
    self.folder = folder
    self.shown = shown
    reader = JournalReader(in: folder, shown: shown)
    guard reader.isThere else {
      throw LabError(
        code: "shard.missing", message: "\(shown) holds no results of a shard",
        remedy: "name the folders that 'lab grade --shard' has written", isUsage: true)
    }
    try read()
  }

  /// Takes what is new into a journal, and the run folders of it into a folder.
  /// - Parameters:
  ///   - journal: the journal of the whole; it has a header, and what the shard has graded under another one is left.
  ///   - results: the folder of the whole.
  /// - Returns: what was taken, as it stands in the journal of the whole.
  public mutating func take(into journal: Journal, in results: URL) throws -> [JournalEvent] {
    try read()
    var taken: [JournalEvent] = []
    while let entry = entries.first {
      if let event = try take(entry, into: journal, in: results) { taken.append(event) }
      entries.removeFirst()
    }
    return taken
  }

  private mutating func read() throws {
    for entry in try reader.read() {
      entries.append(entry)
      if case .lab(let header) = entry.event { self.header = header }
    }
  }

  private mutating func take(
    _ entry: JournalReader.Entry, into journal: Journal, in results: URL
  ) throws -> JournalEvent? {
    switch entry.event {
    case .lab(let header): current = header
    case .began(let session): isConfined = session.isConfined
    case .started(let run): runsInFlight.insert(run.student)
    case .retried(let run):
      guard let place = try place(of: run.attempt, student: run.student, entry, journal, results) else { break }
      var run = run
      run.attempt.runFolder = place
      return try append(.retried(run), entry, student: run.student, to: journal)
    case .graded(var graded):
      let student = graded.result.student
      guard let last = graded.result.attempts.last,
        try place(of: last, student: student, entry, journal, results) != nil
      else { break }
      for index in graded.result.attempts.indices {
        let folder = graded.result.attempts[index].runFolder
        graded.result.attempts[index].runFolder = runFolders[folder] ?? folder
      }
      graded.reason = Self.reason(graded, in: journal.book)
      return try append(.graded(graded), entry, student: student, to: journal)
    case .finished: break
    }
    return nil
  }

  private mutating func append(
    _ event: JournalEvent, _ entry: JournalReader.Entry, student: String, to journal: Journal
  ) throws -> JournalEvent {
    if let session = journal.book.session, session.isConfined != isConfined {
      var session = session
      (session.isConfined, session.asked) = (isConfined, [])
      try journal.append(.began(session))
    }
    try journal.append(event, at: entry.at, origin: entry.identity)
    if case .graded = event { known[student] = entry.identity }
    runsInFlight.remove(student)
    return event
  }

  /// Brings the folder of an entry's run to where it belongs.
  /// - Returns: where that is, relative to the results; nil if the entry is not to be taken.
  private mutating func place(
    of attempt: StudentResult.Attempt, student: String, _ entry: JournalReader.Entry, _ journal: Journal,
    _ results: URL
  ) throws -> String? {
    if let place = journal.runFolder(of: entry.identity) {
      runFolders[attempt.runFolder] = place
      runsInFlight.remove(student)
      if case .graded = entry.event { known[student] = entry.identity }
      return nil
    }
    guard current == journal.book.header else { return nil }
    // What follows upon the result in force is newer, whatever the clocks say.
    if let latest = journal.latest(of: student), latest.identity != known[student], entry.at < latest.at {
      outdated.insert(student)
      runsInFlight.remove(student)
      return nil
    }
    let parent = "runs/\(StudentResult.fileName(for: student))/"
    guard attempt.runFolder.hasPrefix(parent), UInt(attempt.runFolder.dropFirst(parent.count)) != nil else {
      throw LabError(
        code: "shard.damaged", message: "the journal of \(shown) names a run folder that is none", isUsage: true)
    }
    let name = parent + "\((journal.book.records[student]?.runs ?? 0) + 1)"
    let source = folder.appending(path: attempt.runFolder)
    let isMoved = try RunFolderMove.move(source, to: results.appending(path: name))
    // A failure of the lab may come before there is a folder.
    guard isMoved || attempt.verdict == .error else {
      throw LabError(
        code: "shard.incomplete", message: "\(shown)/\(attempt.runFolder) is missing, which holds the run of a result",
        remedy: "take the whole folder of the shard along", isUsage: true)
    }
    runFolders[attempt.runFolder] = name
    return name
  }

  /// Why a result is made, as the whole class's journal sees it.
  private static func reason(_ graded: GradedSubmission, in book: GradeBook) -> GradingReason {
    guard let record = book.records[graded.result.student], let former = record.result else { return .new }
    if former.digest != graded.result.digest { return .submission }
    if !record.isCurrent { return .lab }
    return .asked
  }
}
