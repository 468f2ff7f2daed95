// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabBatch

@Suite struct JournalTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var file: URL { folder.url.appending(path: Journal.fileName) }

  private func open() throws -> Journal { try Journal(in: folder.url, shown: "grades") }

  private func contents() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// A journal with a result in it, closed.
  private func fill() throws {
    let journal = try open()
    for event in [.lab(Sample.header), .began(Sample.session), try Sample.graded("ann", .pass)] {
      try journal.append(event)
    }
  }

  @Test func remembersWhatWasWritten() throws {
    try fill()
    let journal = try open()
    #expect(journal.book.header == Sample.header)
    #expect(journal.book.records["ann"]?.result == (try Sample.result("ann", .pass)))
    #expect(!journal.book.isFinished)
    #expect(try contents().split(separator: "\n").count == 3)
  }

  @Test func everyEventSurvivesTheFile() throws {
    let attempt = StudentResult.Attempt(verdict: .error, error: Sample.overloaded, runFolder: "runs/ann/1")
    let events: [JournalEvent] = [
      .lab(Sample.header), .began(GradingSession(jobs: 2, isConfined: false, rerun: [.all], asked: ["ann"])),
      .started(RunStart(student: "ann", digest: "a", runFolder: "runs/ann/1")),
      .retried(RetriedRun(student: "ann", digest: "a", attempt: attempt)), try Sample.graded("ann", .fail), .finished,
    ]
    for event in events {
      #expect(try JSONDecoder().decode(JournalEvent.self, from: JSONEncoder().encode(event)) == event)
    }
  }

  private func append(_ journal: Journal) throws { try journal.append(try Sample.graded("bob", .pass)) }

  @Test func whatNoLaterCallWouldFindIsNotWritten() throws {
    try fill()
    let journal = try open()
    let aside = folder.url.appending(path: "aside")
    try FileManager.default.moveItem(at: file, to: aside)
    let whole = try Data(contentsOf: aside)
    for other in [nil, "another journal\n"] {
      if let other { try Data(other.utf8).write(to: file) }
      #expect { try append(journal) } throws: {
        let error = $0 as? LabError
        return error?.code == "output.gone" && error?.message.hasPrefix("grades/journal.jsonl was removed") == true
      }
    }
    #expect(try Data(contentsOf: aside) == whole)
    // Put back, it goes on.
    try FileManager.default.removeItem(at: file)
    try FileManager.default.moveItem(at: aside, to: file)
    try append(journal)
    try FileManager.default.removeItem(at: folder.url)
    #expect { try append(journal) } throws: {
      ($0 as? LabError)?.message.hasPrefix("grades was removed") == true && ($0 as? LabError)?.isUsage == false
    }
  }

  @Test func whatAnotherProgramHasChangedIsNotWrittenTo() throws {
    try fill()
    let journal = try open()
    truncate(file.path, 10)
    #expect { try append(journal) } throws: { ($0 as? LabError)?.code == "journal.changed" }
    #expect(try Data(contentsOf: file).count == 10)
  }

  @Test(arguments: [
    "{\"at\":\"2026-01-01T0", "{\"event\":\"graded\"", "\0\0\0\0", "\0\0\0\n", "{\"event\":\"graded\"}\n",
  ])
  func cutsOffATornLastLine(tail: String) throws {
    try fill()
    let whole = try contents()
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(tail.utf8))
    try handle.close()
    let journal = try open()
    #expect(journal.book.records.keys.sorted() == ["ann"])
    #expect(try contents() == whole)
    try journal.append(.finished)
    #expect(journal.book.isFinished)
    #expect(try contents().hasPrefix(whole + "{"))
  }

  @Test func aFileThatEndsAnywhereIsReadUpToItsLastWholeLine() throws {
    try fill()
    let whole = Data(try contents().utf8)
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: file)
      let book = try open().book
      let lines = whole.prefix(length).count { $0 == UInt8(ascii: "\n") }
      #expect((book.header != nil) == (lines > 0))
      #expect(book.records.isEmpty)
    }
  }

  @Test func refusesALineInTheMiddleThatCannotBeRead() throws {
    try fill()
    var lines = try contents().split(separator: "\n").map(String.init)
    lines[1] = "{\"event\":\"beg"
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    #expect { try open() } throws: { ($0 as? LabError)?.code == "journal.damaged" && "\($0)".contains("line 2") }
  }

  @Test(arguments: [
    ("{\"a\":1}\n", "journal.foreign"), ("hello\n", "journal.foreign"),
    ("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"lab\",\"schema\":0}\n", "journal.schema"),
    ("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"lab\",\"schema\":2}\n{}\n", "journal.schema"),
  ])
  func refusesWhatItHasNotWritten(text: String, code: String) throws {
    try Data(text.utf8).write(to: file)
    #expect { try open() } throws: { ($0 as? LabError)?.code == code && ($0 as? LabError)?.isUsage == true }
    #expect(try contents() == text)
  }

  @Test func onlyOneCanHaveItOpen() throws {
    var journal: Journal? = try open()
    try journal?.append(.lab(Sample.header))
    #expect { try open() } throws: { ($0 as? LabError)?.code == "journal.busy" }
    journal = nil
    #expect(throws: Never.self) { try open() }
  }

  @Test func aLinkIsNotFollowed() throws {
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/etc/hostname")
    #expect(throws: LabError.self) { try open() }
  }
}
