// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabEmulator

@Suite struct DisplayableTests {
  @Test func keepsOrdinaryTextOfAnyLanguage() {
    #expect(displayable(Array("Grüße, 温度 25 °C\t✓".utf8)) == "Grüße, 温度 25 °C\t✓")
  }

  @Test func dropsColoursAndShowsOtherControls() {
    #expect(displayable(Array("\u{1b}[0;32mI (1) x: y\u{1b}[0m".utf8)) == "I (1) x: y")
    #expect(displayable(Array("\u{1b}]0;title\u{07}\u{1b}[2J\u{08}\u{7f}".utf8)) == "␛]0;title␇␛[2J␈␡")
    #expect(displayable(Array("\u{1b}[".utf8)) == "␛[")
    #expect(displayable(Array("a\nb\r".utf8)) == "a␊b␍")
    #expect(displayable(Array("a\nb".utf8), keepsLineEnds: true) == "a\nb")
  }

  @Test func showsWhatIsNotText() {
    #expect(displayable([0x41, 0xff, 0xc0, 0xaf, 0xe2, 0x82]) == "A\\xFF\\xC0\\xAF\\xE2\\x82")
    #expect(displayable(Array("abc\u{202e}cba\u{200b}\u{9b}".utf8)) == "abc<U+202E>cba<U+200B><U+009B>")
  }
}

@Suite struct LogLineTests {
  @Test func parsesWhatESPIDFPrints() throws {
    let line = try #require(
      LogLine(displayable(Array("\u{1b}[0;31mE (10303) task_wdt: Task watchdog got triggered\u{1b}[0m".utf8))))
    #expect(line.level == .error)
    #expect(line.milliseconds == 10303)
    #expect(line.tag == "task_wdt")
    #expect(line.text == "Task watchdog got triggered")
  }

  @Test(arguments: [
    "", "I", "I (", "I (12", "I (x) a: b", "I (12) tag", "X (12) a: b", "I (99999999999999999999) a: b",
  ])
  func refusesOtherLines(line: String) {
    #expect(LogLine(line) == nil)
  }
}

@Suite struct LineSplitterTests {
  @Test func joinsPiecesAndTakesBothLineEnds() {
    var splitter = LineSplitter()
    #expect(splitter.split(Array("on".utf8)).isEmpty)
    #expect(
      splitter.split(Array("e\r\ntwo\n\nthr".utf8)).map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "one", "two", "",
      ])
    #expect(splitter.unfinished == Array("thr".utf8))
    #expect(splitter.finish()?.bytes == Array("thr".utf8))
    #expect(splitter.finish() == nil)
  }

  @Test func boundsALine() {
    var splitter = LineSplitter(longestLine: 4)
    let lines = splitter.split(Array("123456789\n12\n".utf8))
    #expect(lines.map(\.isTruncated) == [true, false])
    #expect(lines.map(\.bytes) == [Array("1234".utf8), Array("12".utf8)])
  }
}

@Suite struct UARTLogTests {
  @Test func keepsTheBeginningAndTheEnd() {
    var log = UARTLog(longestLine: 16, limit: 400)
    for index in 0..<100 {
      let lines = log.append(TimedBytes(time: UInt64(index), bytes: Array("line \(index)\n".utf8)))
      #expect(lines == [UARTLog.Line(time: UInt64(index), text: "line \(index)", isTruncated: false)])
    }
    let text = String(decoding: log.bytes, as: UTF8.self)
    #expect(log.total == 790)
    #expect(log.leftOut == 390)
    #expect(text.hasPrefix("line 0\n"))
    #expect(text.hasSuffix("line 99\n"))
    #expect(text.contains("… 390 bytes left out …"))
  }
}
