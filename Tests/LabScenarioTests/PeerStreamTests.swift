// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabScenario

@Suite struct PeerStreamTests {
  private func stream(_ text: String) -> PeerStream {
    var stream = PeerStream()
    stream.receive(Array(text.utf8))
    return stream
  }

  @Test func takesUpToTheEndOfTheMatch() throws {
    var stream = stream("hello\nTemperature: 25.5 C\nrest")
    #expect(stream.take(through: try Regex(#"Temperature: [\d.]+ C"#)) == "hello\nTemperature: 25.5 C")
    #expect(stream.text == "\nrest")
  }

  @Test func takesNothingWithoutAMatch() throws {
    var stream = stream("Temp")
    #expect(stream.take(through: try Regex("Temperature")) == nil)
    stream.receive(Array("erature".utf8))
    #expect(stream.take(through: try Regex("Temperature")) == "Temperature")
    #expect(stream.untaken.isEmpty)
  }

  @Test func comparesWithWhatIsToCome() {
    var stream = stream("abc")
    #expect(stream.compare(Array("abcd".utf8)) == .beginning(3))
    #expect(stream.compare(Array("ab".utf8)) == .complete)
    #expect(stream.compare(Array("axcd".utf8)) == .differs(at: 1))
    #expect(PeerStream().compare([1]) == .beginning(0))
    stream.take(2)
    #expect(stream.text == "c")
  }

  @Test func looksAgainOnlyWhenMoreHasCome() throws {
    var stream = stream("Temp")
    #expect(stream.take(through: try Regex("Temperature"), pattern: "Temperature") == nil)
    #expect(stream.take(through: try Regex("Temp"), pattern: "Temperature") == nil)
    #expect(stream.take(through: try Regex("Te"), pattern: "Te") == "Te")
    stream.receive(Array("!".utf8))
    #expect(stream.take(through: try Regex("mp!"), pattern: "Temperature") == "mp!")
  }

  @Test func countsBytesAndNotCharacters() throws {
    var stream = stream("25 °C!")
    #expect(stream.take(through: try Regex("°C")) == "25 °C")
    #expect(stream.text == "!")
  }

  @Test func isSilentUntilSomethingComes() {
    var stream = stream("greeting")
    stream.willSend(5)
    #expect(stream.isSilent(deviceSent: stream.received))
    // A reset took the last byte with it.
    #expect(!stream.isSilent(deviceSent: stream.received + 1))
    stream.receive([1])
    #expect(!stream.isSilent(deviceSent: stream.received))
    #expect(stream.sent == 5)
  }

  @Test func keepsNoMoreThanItsLimit() {
    var stream = PeerStream()
    stream.receive(Array(repeating: 0, count: PeerStream.limit + 10))
    #expect(stream.untaken.count == PeerStream.limit)
    #expect(stream.received == PeerStream.limit + 10)
  }

  @Test(arguments: [
    ("plain", "\"plain\""), ("a\r\n\t\"\\", #""a\r\n\t\"\\""#), ("\u{1b}[31m", "\"\\u{1b}[31m\""), ("°C", "\"°C\""),
    ("a\u{202e}b", "\"a\\u{202e}b\""),
  ]) func quotesWithoutControlCharacters(text: String, quotation: String) {
    #expect(quoted(Array(text.utf8)) == quotation)
  }

  @Test func cutsLongQuotations() {
    #expect(quoted(Array(repeating: UInt8(ascii: "x"), count: 9), limit: 4) == "\"xxxx\"… (9 bytes)")
  }
}
