// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabBatch

@Suite struct RosterTests {
  private func read(_ text: String) throws -> RosterFile { try RosterFile(text, path: "roster.csv") }

  @Test(arguments: [
    "id,name,email\nann,Ann Smith,ann@example.edu\n",
    "\u{feff}id,name,email\r\nann,Ann Smith,ann@example.edu\r\n",
    "ID;Name;E-Mail\nann;Ann Smith;ann@example.edu",
    "id\tname\temail\nann\tAnn Smith\tann@example.edu\n",
    "\"id\",\"name\",\"email\"\n\"ann\",\"Ann Smith\",\"ann@example.edu\"\n",
    "\n\nid,name,email\n\n ann , Ann Smith , ann@example.edu \n,,\n",
    "First name,Surname,ID number,Email address\nAnn,Smith,ann,ann@example.edu\n",
    "First Name,Last Name,SID,Email,Sections\nAnn,Smith,ann,ann@example.edu,1\n",
    "Student,SIS Login ID,Email\nAnn Smith,ann,ann@example.edu\n",
    "student,name,email\nann,Ann Smith,ann@example.edu\n",
  ])
  func theUsualSpellingsAreRead(text: String) throws {
    let roster = try read(text)
    #expect(roster.entries.map(\.student) == ["ann"])
    #expect(roster.entries[0].name == "Ann Smith" && roster.entries[0].email == "ann@example.edu")
    #expect(roster.problems.isEmpty)
  }

  @Test func quotesCommasAndNewlinesInCellsAreKept() throws {
    let roster = try read("id,name\nann,\"Smith, \"\"Ann\"\"\nthe elder\"\nbob,Bob\n")
    #expect(roster.entries.map(\.student) == ["ann", "bob"])
    #expect(roster.entries[0].name == "Smith, \"Ann\"\nthe elder")
  }

  @Test func duplicatesAndEmptyIdsAreNamedWithTheirLines() throws {
    let roster = try read("id,name\nann,\"Ann\nSmith\"\nANN,Other\n,Nobody\nbob\n")
    #expect(roster.entries.map(\.student) == ["ann", "bob"])
    #expect(
      roster.problems == [
        #"line 4 of the roster has the id "ANN" of line 2 and is left out"#,
        #"line 5 of the roster has no id and is left out: "Nobody""#,
      ])
  }

  @Test(arguments: [
    ("", "it is empty"), ("id,name\n", "names no student"), ("colour,size\nred,1\n", "none of its columns"),
    ("id,name\nann,\"Ann\nbob,Bob\n", "no partner"), ("id,name\n\"ann\"x\",Ann\n", "no partner"),
    ("id,name\n\"ann\"x,\"Ann\"\n", "non-quote"),
  ])
  func aRosterThatWouldLoseStudentsIsAnError(text: String, reason: String) throws {
    let error = #expect(throws: LabError.self) { try read(text) }
    #expect(error?.message.contains(reason) == true && error?.isUsage == true && error?.remedy != nil)
  }

  @Test func aRosterThatIsNoTextIsAnError() throws {
    let folder = try ClassFolder()
    #expect(throws: LabError.self) { try RosterFile(contentsOf: folder.url.appending(path: "none.csv")) }
    #expect(throws: LabError.self) { try RosterFile(contentsOf: folder.url) }
    try Data([0x69, 0x64, 0x0a, 0xff, 0xfe]).write(to: folder.url.appending(path: "latin.csv"))
    #expect(throws: LabError.self) { try RosterFile(contentsOf: folder.url.appending(path: "latin.csv")) }
  }

  private static let canvas =
    "Student,ID,SIS Login ID\n\"Smith, Ann\",12345,asmith\n\"van Dyk, Jo\",777,jvd\n\"Smith, Ann\",999,as2\n"

  private static let moodle =
    "Identifier,Full name\nParticipant 111,Mallory Moe\nParticipant 222,Bob Brown\n"

  @Test(arguments: [
    // A gradebook of Canvas: its number decides, a name only if it is one student's.
    (canvas, "smithann_12345_67890_main", "asmith"), (canvas, "smithann_LATE_999_67891_main-1", "as2"),
    (canvas, "vandykjo_1_2_main", "jvd"), (canvas, "smithann_1_2_main", nil), (canvas, "vandykjo_999_2_main", nil),
    (canvas, "asmith", "asmith"), (canvas, "ASMITH", "asmith"), (canvas, "smith", nil),
    // A grading worksheet of Moodle.
    ("Identifier,Full name\nParticipant 42,José Núñez\n", "Jose Nunez_42_assignsubmission_file_main", "42"),
    ("ID number,Full name\njn,José Núñez\n", "Núñez José_42_assignsubmission_file_", "jn"),
    ("ID number,Full name\njn,José Núñez\n", "José Núñez_42_assignsubmission_file", "jn"),
    ("ID number,Full name\njn,José Núñez\n", "José_42_assignsubmission_file_main", nil),
    // Whoever hands in a file with another one's name does so as themselves.
    (moodle, "Mallory Moe_111_assignsubmission_file_Bob Brown_222_assignsubmission_file_main", "111"),
    (moodle, "mallorymoe_111_999_Bob Brown_222_assignsubmission_file_main", "111"),
    (moodle, "Mallory Moe_111_assignsubmission_file_brownbob_222_333_main", "111"),
    (canvas, "smithann_12345_67890_Jo van Dyk_777_assignsubmission_file_main", "asmith"),
    (canvas, "smithann_12345_67890_vandykjo_777_1_main", "asmith"),
    // Addresses.
    ("id,email\nann,Ann@Example.edu\n", "ann@example.edu", "ann"),
  ])
  func aDownloadsNameIsMatchedIfItCanBeOneStudentsOnly(roster: String, stem: String, student: String?) throws {
    let match = RosterMatcher(try read(roster).entries).match(SubmissionName(stem))
    if case .student(let entry) = match {
      #expect(entry.student == student)
    } else {
      #expect(student == nil)
    }
  }

  @Test func idsThatDifferInCaseAreNobodysButTheirOwn() {
    let matcher = RosterMatcher([RosterEntry(student: "ann"), RosterEntry(student: "eve", identifiers: ["ANN"])])
    #expect(matcher.match(SubmissionName("ann")) == .student(RosterEntry(student: "ann")))
  }
}
