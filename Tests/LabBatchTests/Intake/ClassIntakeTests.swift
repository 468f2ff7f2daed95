// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabBatch

@Suite struct ClassIntakeTests {
  private let folder: ClassFolder

  init() throws {
    folder = try ClassFolder()
  }

  private func intake(roster: String? = nil) throws -> ClassIntake {
    let file = try roster.map { try folder.write("roster.csv", $0) }
    return try ClassIntake(folder: folder.url, roster: file)
  }

  @Test func eachFileFolderAndArchiveIsAStudents() throws {
    for name in ["eve.c", "ann.swift", "zoe.tar.gz", "bob.ZIP", "tim/main/main.c", "a.b.c"] { try folder.write(name) }
    let intake = try intake()
    #expect(intake.submissions.map(\.student) == ["a.b", "ann", "bob", "eve", "tim", "zoe"])
    #expect(intake.submissions.map(\.form) == [.plain, .plain, .archive, .plain, .plain, .archive])
    #expect(intake.submissions.map(\.origin) == ["a.b.c", "ann.swift", "bob.ZIP", "eve.c", "tim", "zoe.tar.gz"])
    #expect(intake.submissions[1].path == folder.path("ann.swift"))
    #expect(intake.problems.isEmpty && intake.missing.isEmpty)
  }

  @Test func aFolderWithNothingButAnArchiveIsThatArchive() throws {
    try folder.write("ann/lab3.zip")
    try folder.write("ann/.DS_Store")
    try folder.write("eve/lab3.zip")
    try folder.write("eve/main.c")
    let all = try intake().submissions
    #expect(all.map(\.form) == [.archive, .plain])
    #expect(all[0].path == folder.path("ann/lab3.zip") && all[0].student == "ann")
  }

  @Test func anEmptyFolderIsAUsageError() throws {
    let error = #expect(throws: LabError.self) { try intake() }
    #expect(error?.code == "class.empty" && error?.isUsage == true && error?.remedy != nil)
    try folder.write(".DS_Store")
    #expect(throws: LabError.self) { try intake() }
  }

  @Test(arguments: [("nowhere", "class.missing"), ("file.c", "class.noFolder")])
  func aPathThatIsNoFolderIsAUsageError(name: String, code: String) throws {
    try folder.write("file.c")
    let error = #expect(throws: LabError.self) {
      try ClassIntake(folder: folder.url.appending(path: name), roster: nil)
    }
    #expect(error?.code == code && error?.isUsage == true)
  }

  @Test func whatLiesBesideSubmissionsIsNamed() throws {
    let names = [".DS_Store", "__MACOSX/._ann.c", "submission_metadata.yml", "Thumbs.db", "ann.c"]
    for name in names { try folder.write(name) }
    let intake = try intake()
    #expect(intake.submissions.map(\.student) == ["ann"])
    #expect(
      intake.problems == [
        #"not graded, being no submission: ".DS_Store", "Thumbs.db", "__MACOSX", "submission_metadata.yml""#
      ])
  }

  @Test func aRosterTellsWhoIsMissingAndWhoIsUnknown() throws {
    for name in ["ANN.c", "eve.c"] { try folder.write(name) }
    let intake = try intake(roster: "id,name,email\nann,Ann Smith,ann@example.edu\nbob,Bob,\n")
    #expect(intake.submissions.map(\.student) == ["ann", "eve"])
    #expect(intake.submissions[0].name == "Ann Smith" && intake.submissions[0].email == "ann@example.edu")
    #expect(intake.missing.map(\.student) == ["bob"])
    #expect(
      intake.problems == [
        #""eve.c" is of nobody in the roster; it is graded as "eve"'s"#, #"no submission of 1 in the roster: "bob""#,
      ])
  }

  @Test func twoSubmissionsOfOneStudentAreBothNamedAndNeitherIsChosen() throws {
    for name in ["ann.c", "ann.zip", "eve.c"] { try folder.write(name) }
    let intake = try intake()
    #expect(intake.submissions.map(\.student) == ["ann", "eve"])
    guard case .refused(let refusal) = intake.submissions[0].form else {
      Issue.record("one was chosen: \(intake.submissions[0])")
      return
    }
    #expect(refusal.reason == #"there is more than one submission: "ann.c", "ann.zip""#)
    #expect(intake.submissions[0].origin == "ann.c, ann.zip")
    #expect(intake.problems == [#""ann" handed in 2 times, and none of them is graded: "ann.c", "ann.zip""#])
  }

  @Test func linksAndSpecialFilesAreNamedAndNotOpened() throws {
    try folder.write("ann.c")
    try FileManager.default.createSymbolicLink(atPath: folder.path("eve.c"), withDestinationPath: "/etc/passwd")
    try FileManager.default.createSymbolicLink(atPath: folder.path("tim.c"), withDestinationPath: "ann.c")
    try FileManager.default.createSymbolicLink(atPath: folder.path("zoe"), withDestinationPath: "/")
    try #require(mkfifo(folder.path("bob.c"), 0o600) == 0)
    let intake = try intake()
    #expect(intake.submissions.map(\.student) == ["ann", "bob", "eve", "tim", "zoe"])
    let refused = intake.submissions.filter { if case .refused = $0.form { true } else { false } }
    #expect(refused.map(\.student) == ["bob", "eve", "tim", "zoe"])
    #expect(intake.problems.count == 4)
    #expect(intake.problems[0].hasPrefix(#""bob.c" is not graded: "bob.c" is a named pipe: hand in"#))
  }

  @Test func namesInProblemsActOnNothing() throws {
    let names = ["a\nb\u{1b}[2J.c", "quote\"'.c", "\u{202e}c.nna"]
    for name in names { try folder.write(name) }
    let intake = try intake(roster: "id\nnobody\n")
    #expect(Set(intake.submissions.map(\.student)) == ["a\nb\u{1b}[2J", "quote\"'", "\u{202e}c"])
    let text = intake.problems.joined()
    #expect(!text.contains { $0.isNewline } && !text.unicodeScalars.contains("\u{1b}"))
    #expect(!text.unicodeScalars.contains("\u{202e}") && text.contains(#"\u{202e}c.nna"#))
    #expect(text.contains(#"quote\"'.c"#))
  }

  @Test func aNameThatIsNotUTF8IsNamed() throws {
    let name = Array(folder.path("caf").utf8) + [0xe9] + Array(".c".utf8) + [0]
    let descriptor = open(name.map { CChar(bitPattern: $0) }, O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    let intake = try intake()
    #expect(intake.submissions.count == 1)
    #expect(intake.problems.first?.contains("is not UTF-8") == true)
  }

  @Test(.disabled(if: geteuid() == 0, "root reads everything")) func whatCannotBeReadIsNamed() throws {
    try folder.write("ann.c")
    try #require(chmod(folder.path("ann.c"), 0) == 0)
    let intake = try intake()
    #expect(intake.problems == [#""ann.c" is not graded: "ann.c" cannot be read: check its permissions"#])
  }
}
