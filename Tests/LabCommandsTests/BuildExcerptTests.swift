// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabCommands

@Suite struct BuildExcerptTests {
  @Test func fewLinesStayAsTheyAre() {
    for text in ["", "a\n", "a\n\nb\n", (1...200).map { "\($0)\n" }.joined()] {
      #expect(BuildExcerpt.lines(of: text) == text)
    }
  }

  @Test func ofManyLinesTheFirstAndTheLastStay() {
    let lines = BuildExcerpt.lines(of: (1...100_000).map { "\($0)\n" }.joined()).split(separator: "\n")
    #expect(lines.first == "1" && lines.last == "100000")
    #expect(lines.contains("… 99741 lines left out: see build.log"))
    #expect(lines.count < 300)
  }

  @Test func notesAreCountedWhereThereAreMany() {
    #expect(BuildExcerpt.notes([]) == "")
    #expect(BuildExcerpt.notes(["a", "b"]) == "note: a\nnote: b\n")
    let notes = BuildExcerpt.notes((1...2000).map { "x\($0).S is not built" })
    #expect(notes.hasSuffix("note: x20.S is not built\nnote: and 1980 more of the kind\n"))
    #expect(BuildExcerpt.notes([String(repeating: "x", count: 100_000)]).count < 600)
  }
}
