// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
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
    #expect(stream.take(through: Pattern(#"Temperature: [\d.]+ C"#)) == "hello\nTemperature: 25.5 C")
    #expect(stream.text == "\nrest")
  }

  @Test func takesNothingWithoutAMatch() throws {
    var stream = stream("Temp")
    #expect(stream.take(through: Pattern("Temperature")) == nil)
    stream.receive(Array("erature".utf8))
    #expect(stream.take(through: Pattern("Temperature")) == "Temperature")
    #expect(stream.untaken.isEmpty)
  }

  @Test func comparesWithWhatIsToCome() {
    var stream = stream("abc")
    #expect(stream.compare(Array("abcd".utf8)) == .beginning(3))
    #expect(stream.compare(Array("ab".utf8)) == .complete(2))
    #expect(stream.compare(Array("axcd".utf8)) == .differs(at: 1, received: 1))
    #expect(PeerStream().compare([1]) == .beginning(0))
    stream.take(2)
    #expect(stream.text == "c")
  }

  @Test func aLineEndMayBeAnotherOne() {
    let lines = Array("a\nb\n".utf8)
    #expect(stream("a\r\nb\r\n").compare(lines, anyLineEnds: true) == .complete(6))
    #expect(stream("a\nb\r\n").compare(lines, anyLineEnds: true) == .complete(5))
    #expect(stream("a\r").compare(lines, anyLineEnds: true) == .beginning(1))
    #expect(stream("a\rb").compare(lines, anyLineEnds: true) == .differs(at: 1, received: 1))
    #expect(stream("a\r\nx").compare(lines, anyLineEnds: true) == .differs(at: 2, received: 3))
    #expect(stream("a\r\nb").compare(lines) == .differs(at: 1, received: 1))
  }

  @Test func takesAnotherPatternFromWhatHasCome() throws {
    var stream = stream("Temp")
    #expect(stream.take(through: Pattern("Temperature")) == nil)
    #expect(stream.take(through: Pattern("Te")) == "Te")
    stream.receive(Array("!".utf8))
    #expect(stream.take(through: Pattern("mp!")) == "mp!")
  }

  @Test func searchesALongTextAgainWhenThereIsMuchMoreOrTimeHasPassed() throws {
    let pattern = Pattern("end")
    var stream = stream(String(repeating: "a", count: 64_000) + "en")
    #expect(stream.take(through: pattern, at: 1) == nil)
    #expect(!stream.isBehind)
    stream.receive(Array("d".utf8))
    #expect(stream.take(through: pattern, at: 2) == nil)
    #expect(stream.isBehind)
    var later = stream
    #expect(later.take(through: pattern, at: 20_000_001)?.hasSuffix("aend") == true)
    #expect(!later.isBehind)
    var last = stream
    #expect(last.take(through: pattern, at: 2, isLast: true)?.hasSuffix("aend") == true)
    var ended = stream
    ended.ended = true
    #expect(ended.take(through: pattern, at: 2)?.hasSuffix("aend") == true)
    stream.receive([UInt8](repeating: 0x62, count: 5000))
    #expect(stream.take(through: pattern, at: 2)?.hasSuffix("aend") == true)
    #expect(stream.untaken.count == 5000)
  }

  /// Whatever the pieces are: a device may send byte by byte as much as is kept.
  @Test(.timeLimit(.minutes(5))) func bytesOneByOneNeedTimeThatGrowsNoFasterThanTheyDo() {
    func processorTime(_ count: Int) -> Double {
      func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
      }
      let pattern = Pattern(#"(?i)temperature:?\s*[-+]?\d+([.,]\d+)?\s*°?\s*C"#)
      let bytes = Array("temperature: 25".utf8)
      var stream = PeerStream()
      let start = now()
      for index in 0..<count {
        stream.receive([bytes[index % bytes.count]])
        if stream.take(through: pattern) != nil { Issue.record("nothing of it is a match") }
      }
      return now() - start
    }
    let (short, long) = (processorTime(1 << 18), processorTime(1 << 20))
    #expect(long < 8 * short, "\(short) s, then \(long) s")
  }

  @Test(
    arguments: [
      ([0xff], "\u{fffd}"), ([0xff, 0xfe], "\u{fffd}\u{fffd}"), ([0xc2], "\u{fffd}"), ([0xe2, 0x82], "\u{fffd}"),
      ([0xf0, 0x9f, 0x98], "\u{fffd}"), ([0xed, 0xa0, 0x80], "\u{fffd}\u{fffd}\u{fffd}"), ([0xc2, 0xb0], "°"),
    ] as [([UInt8], String)]) func countsBytesThatAreNotUTF8AsTheyCame(_ bytes: [UInt8], _ text: String)
  {
    var stream = PeerStream()
    stream.receive(bytes + Array("OK\nrest".utf8))
    #expect(stream.take(through: Pattern("OK\n")) == text + "OK\n")
    #expect(stream.untaken == Array("rest".utf8))
  }

  @Test func halfACharacterAtTheEndIsNoneYet() {
    var stream = PeerStream()
    for (piece, isComplete) in [([0x61], true), ([0xf0], false), ([0x9f], false), ([0x98], false), ([0x80], true)] {
      stream.receive(piece.map { UInt8($0) })
      #expect((stream.take(through: Pattern("^.$")) != nil) == isComplete)
    }
    #expect(stream.untaken.isEmpty)
    stream.receive([0xc2])
    #expect(stream.take(through: Pattern("^.$")) == nil)
    // No more will come.
    stream.ended = true
    #expect(stream.take(through: Pattern("^.$")) == "\u{fffd}")
  }

  @Test func everyBeginningOfACharacterIsKnown() {
    for value in stride(from: UInt32(0x80), through: 0x10ffff, by: 61) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      for count in 1...bytes.count {
        #expect(TextDecoding.unfinished([0x61] + bytes.prefix(count)) == (count < bytes.count ? count : 0), "\(bytes)")
      }
    }
  }

  /// What the decoder of Swift's strings makes of bytes, and how many bytes it makes that of.
  @Test func textIsCountedAsItIsDecoded() {
    var generator = SystemRandomNumberGenerator()
    let interesting: [UInt8] = [
      0x61, 0x80, 0xbf, 0xc1, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0x8f, 0xf5,
    ]
    for _ in 0..<2000 {
      let bytes = (0..<12).map { _ in interesting.randomElement(using: &generator) ?? 0 }
      let text = String(decoding: bytes, as: UTF8.self)
      for index in text.unicodeScalars.indices {
        let count = text.utf8.distance(from: text.startIndex, to: index)
        let source = TextDecoding.source(of: count, in: bytes)
        #expect(String(decoding: bytes[..<source], as: UTF8.self) == text[..<index], "\(bytes)")
        #expect(String(decoding: bytes[source...], as: UTF8.self) == text[index...], "\(bytes)")
      }
      #expect(TextDecoding.source(of: text.utf8.count, in: bytes) == bytes.count)
      let unfinished = TextDecoding.unfinished(bytes)
      #expect(unfinished < 4)
      if unfinished > 0 { #expect(String(decoding: bytes.suffix(unfinished), as: UTF8.self) == "\u{fffd}", "\(bytes)") }
    }
  }

  @Test func countsBytesAndNotCharacters() throws {
    var stream = stream("25 °C!")
    #expect(stream.take(through: Pattern("°C")) == "25 °C")
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
