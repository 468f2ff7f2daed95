// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabBatch

@Suite struct ShardTests {
  @Test(arguments: ["1/1", "2/8", "8/8", "1000/1000"]) func readsWhatItWrites(text: String) {
    #expect(Shard(text)?.description == text)
  }

  @Test(arguments: [
    "", "/", "2", "2/", "/8", "0/8", "9/8", "-1/8", "+2/8", "02/8", "2/08", " 2/8", "2/8 ", "2/8/9", "2\\8", "1/1001",
    "1/0", "0/0", "²/8", "2/99999999999999999999",
  ])
  func refusesEverythingElse(text: String) { #expect(Shard(text) == nil) }

  @Test(arguments: [1, 2, 3, 7, 20]) func everyStudentIsInExactlyOne(count: Int) throws {
    let students = (1...10).map { "student-\($0)" }.shuffled()
    let parts = try (1...count).map { try #require(Shard($0, of: count)).students(of: students) }
    #expect(parts.flatMap(\.self).sorted() == students.sorted())
    #expect(parts.map(\.count).max()! - parts.map(\.count).min()! <= 1)
  }

  @Test func goesByTheOrderOfTheNames() throws {
    #expect(try #require(Shard("2/2")).students(of: ["d", "a", "c", "b"]) == ["b", "d"])
  }

  @Test func aFolderKeepsItsStudentsAndIsOfOneShard() throws {
    let folder = try TemporaryFolder()
    let students = { (shard: String, class: [String]) in
      try ShardRecord.students(
        of: try #require(Shard(shard)), among: `class`.map { Sample.submission($0) }, in: folder.url, shown: "part")
    }
    #expect(try students("1/2", ["ann", "bob", "cid"]) == ["ann", "cid"])
    #expect(try students("1/2", ["aaa", "ann", "bob", "cid"]) == ["ann", "cid"])
    #expect { try students("2/2", ["ann", "bob", "cid"]) } throws: { ($0 as? LabError)?.code == "shard.other" }
    try Data("{}".utf8).write(to: folder.url.appending(path: ShardRecord.fileName))
    #expect { try students("1/2", ["ann"]) } throws: { ($0 as? LabError)?.code == "shard.damaged" }
  }
}
