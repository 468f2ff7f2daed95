// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabReports

@Suite struct DisplayableTests {
  @Test func leavesOrdinaryTextAsItIs() {
    #expect("Temperature: 21,5 °C 温度 👩‍💻 é".displayable == "Temperature: 21,5 °C 温度 👩‍💻 é")
    #expect("C:\\new".displayable == "C:\\new")
  }

  @Test func writesOutWhatActsOnATerminal() {
    #expect(Fixture.hostile.displayable == Fixture.neutralised)
    #expect("\u{0}\u{2028}\u{200b}\u{e0041}".displayable == "\\x00\\u{2028}\\u{200b}\\u{e0041}")
  }

  @Test func writesOutACarriageReturnWithinALineBreak() {
    // CR LF is one character to Swift.
    #expect("a\r\nb".displayable == "a\\r\\nb")
  }

  @Test func splitsLines() {
    #expect("one\r\ntwo\n\nfour\n\n".displayableLines == ["one", "two", "", "four"])
    #expect("".displayableLines == [])
    #expect("a\rb".displayableLines == ["a\\rb"])
  }

  @Test func expandsTabs() {
    #expect("\tx = 1;\nab\tc\t".displayableLines == ["        x = 1;", "ab      c       "])
    #expect("度\tc".displayableLines == ["度      c"])
  }

  @Test func neutralisesEachControlCharacter() {
    for value in UInt32(0)...0x9f {
      guard let scalar = Unicode.Scalar(value), scalar.isUndisplayable else { continue }
      #expect(String(scalar).displayable.isHarmless)
    }
  }
}

@Suite struct TextColumnsTests {
  @Test(arguments: [
    ("abc", 3), ("温度", 4), ("e\u{301}", 1), ("👩‍💻", 2), ("🇩🇪", 2), ("한", 2), ("ｱ", 1), ("°", 1), ("❤️", 2), ("✓", 1),
    ("", 0),
  ])
  func counts(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test func truncatesBetweenCharacters() {
    #expect("abcdef".truncated(to: 4) == "abc…")
    #expect("温度温度".truncated(to: 4) == "温…")
    #expect("温度".truncated(to: 4) == "温度")
    #expect("abc".truncated(to: 0) == "")
  }

  @Test func wrapsAtSpaces() {
    #expect("one two three".wrapped(to: 8) == ["one two", "three"])
    #expect("one two".wrapped(to: 7) == ["one two"])
  }

  @Test func breaksLongWords() {
    #expect("abcdefgh ij".wrapped(to: 3) == ["abc", "def", "gh", "ij"])
    #expect("温度温度".wrapped(to: 5) == ["温度", "温度"])
  }
}
