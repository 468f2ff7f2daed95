// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabScenario

@Suite struct ConsoleLogTests {
  private func search(_ text: String, in pieces: String...) -> ConsoleSearch {
    var search = ConsoleSearch(for: LabData(name: "x", text: text))
    for piece in pieces { search.take(Array(piece.utf8)) }
    return search
  }

  @Test func findsDataBetweenOtherText() {
    #expect(search("{}~^", in: "I (1) main: {}\r\n", "I (2) main: ~", "^\n").isComplete)
  }

  @Test func findsDataAfterAFalseStart() {
    #expect(search("{{}", in: "{{{}").isComplete)
    #expect(search("{}{~", in: "{}{}{~").isComplete)
  }

  @Test func tellsWhatIsMissing() {
    let search = search("{}~^", in: "{}", "^^")
    #expect(!search.isComplete)
    #expect(search.longest == 2)
    #expect(search.missing == Array("~^".utf8)[...])
    #expect(search.afterLongest == Array("^^".utf8))
    #expect(search.length == 4)
  }

  @Test func charactersThatTheDataHasNotDoNotCount() {
    #expect(search("{☙}", in: "{ログ☙\n", "日本}").isComplete)
    #expect(!search("{☙}", in: "{☙☙}").isComplete)
    // One that was cut off goes on behind what is printed in between.
    var search = ConsoleSearch(for: LabData(name: "x", text: "{☙}"))
    search.take([UInt8(ascii: "{"), 0xe2] + Array("I am 日".utf8) + [0x98, 0x99] + Array("本}".utf8))
    #expect(search.isComplete)
  }

  @Test func whatIsNoTextIsComparedByteByByte() {
    var search = ConsoleSearch(for: LabData(bytes: [0xe2, 0xff, 0x80]))
    search.take([0xe2, 0x20, 0xff, 0x80])
    #expect(search.isComplete)
  }

  @Test func linesOfALogMayHaveTheDatasCharacters() {
    var log = ConsoleLog()
    log.look(for: LabData(name: "x", text: "{~}"), after: 0)
    log.append(Array("{\u{1b}[0;32mI (1) tag: {100 ~}\u{1b}[0m\n~}".utf8))
    #expect(log.search?.isComplete == true)
    // The data itself may come in such lines.
    log.look(for: LabData(name: "x", text: "{^}"), after: log.total)
    log.append(Array("I (1) tag: {\nI (2) tag: ^}\n".utf8))
    #expect(log.search?.isComplete == true)
  }

  @Test func tellsThatNothingCame() {
    #expect(search("{}", in: "a line without any").counted == 0)
  }

  @Test func startsWhereItIsTold() {
    var log = ConsoleLog()
    log.append(Array("{}".utf8))
    log.look(for: LabData(name: "x", text: "{}"), after: 1)
    #expect(log.search?.longest == 0)
    log.append(Array("{}".utf8))
    #expect(log.search?.isComplete == true)
    #expect(log.total == 4)
  }

  @Test func findsGeneratedDataInTimeThatGrowsWithItsLength() {
    let data = LabData(name: "x", count: 1 << 16, seed: 1, kind: .symbols)
    var search = ConsoleSearch(for: data)
    search.take(data.bytes.dropLast(100))
    #expect(!search.isComplete)
    search.take(data.bytes)
    #expect(search.isComplete)
  }
}
