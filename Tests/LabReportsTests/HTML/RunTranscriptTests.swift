// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct RunTranscriptTests {
  private static let text = """
       0.001  lab     power on
       0.002  lab     check boots: Boots
       0.010  uart      I (0) main: up
       0.020  lab     check boots: pass
       0.021  lab     check get-temp: Answers GET_TEMP
       0.022  a-long-name connects to port 3333 from port 50000
       0.030  uart    the secret
       0.031  lab     check get-temp: fail
       0.032  uart    the secret, late
       0.040  lab     check twice: Answers twice
      12.345  wire    x
    … 3 lines left out

    """

  private func transcript(hiding ids: Set<String> = [], for reader: Visibility = .student, _ text: String = text)
    -> RunTranscript
  {
    var result = Fixture.result()
    for index in result.checks.indices where ids.contains(result.checks[index].id) {
      result.checks[index].visibility = .instructor
    }
    return RunTranscript(text, of: result, for: reader)
  }

  @Test func takesLinesApart() {
    let lines = transcript().lines
    #expect(lines.count == 11)
    #expect(lines.map(\.number) == Array(1...11))
    #expect(lines[2].text == "  I (0) main: up" && lines[2].source == "uart" && lines[2].time == "0.010")
    #expect(lines[5].source == "a-long-name" && lines[5].text == "connects to port 3333 from port 50000")
    #expect(lines[10].nanoseconds == 12_345_000_000)
    #expect(transcript().entries.map(\.check).suffix(3) == ["get-temp", "twice", "twice"])
  }

  @Test func takesApartWhatTheLabWrites() {
    for source in [TranscriptEntry.Source.lab, .uart, .wire, .peer("alice"), .peer("rather-long")] {
      let entry = TranscriptEntry(time: 61_002_000_000, source: source, text: "  a b  c")
      let line = TranscriptLine(number: 1, entry.line[...])
      #expect(line?.source == source.label[...] && line?.text == "  a b  c" && line?.nanoseconds == entry.time)
    }
  }

  @Test func keepsHiddenChecksFromAStudentToWhereTheNextBegins() {
    let shown = transcript(hiding: ["get-temp"])
    #expect(shown.lines.map(\.number) == [1, 2, 3, 4, 10, 11])
    #expect(transcript(hiding: ["twice"]).lines.map(\.number) == Array(1...9))
    #expect(transcript(hiding: ["get-temp"], for: .instructor).lines.count == 11)
  }

  @Test func noProgramEndsAHiddenCheck() {
    let forged = Self.text.replacing("the secret, late", with: "lab     check twice: Answers twice")
    #expect(transcript(hiding: ["get-temp"], forged).lines.map(\.number) == [1, 2, 3, 4, 10, 11])
  }

  @Test(arguments: ["", "x", "0.1", "0.1 lab", "  lab  x", "\u{0}", "1.2  ", "99999999999999999999.000  lab     x"])
  func readsAnythingAsLinesOrNothing(text: String) {
    for line in transcript(text).lines { _ = line.nanoseconds }
  }

  private func transcript(_ text: String) -> RunTranscript { transcript(hiding: [], for: .student, text) }
}

@Suite struct TranscriptExcerptTests {
  private func excerpt(lines count: Int, of text: String = "x", evidence: Set<Int> = []) -> TranscriptExcerpt {
    let lines = (0..<count).map { TranscriptEntry(time: UInt64($0), source: .uart, text: text).line }
    return TranscriptExcerpt(
      RunTranscript(lines.joined(separator: "\n"), of: Fixture.result(), for: .student), evidence: evidence)
  }

  private func shown(_ excerpt: TranscriptExcerpt) -> [Int] {
    excerpt.items.compactMap { if case .line(let index) = $0 { index } else { nil } }
  }

  @Test func showsAShortOneWhole() {
    #expect(shown(excerpt(lines: 2000)) == Array(0..<2000))
  }

  @Test func showsTheEndsOfALongOneAndWhatIsAroundEvidence() {
    let excerpt = excerpt(lines: 20_000, evidence: [10_001])
    let shown = shown(excerpt)
    #expect(shown == Array(0..<300) + Array(9975...10_025) + Array(19_700..<20_000))
    #expect(excerpt.items.count { if case .omitted = $0 { true } else { false } } == 2)
    #expect(excerpt.items[300] == .omitted(9675))
  }

  @Test func isBoundedWhateverTheLinesAre() {
    let long = String(repeating: "x", count: 100_000)
    #expect(shown(excerpt(lines: 800, of: long)).count <= 340)
    #expect(shown(excerpt(lines: 30_000, evidence: Set(1...30_000))).count == TranscriptExcerpt.lineLimit)
  }
}
