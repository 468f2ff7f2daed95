// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabScenario

/// What a program prints that does not end its buffer after a shorter message.
@Suite struct SentMessageTests {
  /// - Parameter messages: what was sent, each when one line more had been printed.
  private func leftover(of messages: [String], in line: String, number: Int = 9) -> String? {
    let sent = messages.enumerated().map { SentMessage(bytes: Array($1.utf8), stream: 1, lines: $0) }
    return SentMessage.leftover(of: sent, in: line, number: number)?.text
  }

  @Test func whatALongerMessageLeftIsFound() {
    let messages = ["Good morning, ESP32\n", "Hello\n"]
    #expect(leftover(of: messages, in: "orning, ESP32") == "orning, ESP32")
    #expect(leftover(of: messages, in: "rning, ESP32") == nil)
    #expect(leftover(of: ["0123456789\n", "abc\n"], in: "456789 (4 bytes)") == "456789")
    #expect(leftover(of: ["0123456789\n", "abc\n"], in: "echo: abc") == nil)
  }

  @Test func onlyWhatCameLaterLeavesSomething() {
    #expect(leftover(of: ["abc\n", "0123456789\n"], in: "456789") == nil)
    #expect(leftover(of: ["0123456789\n", "abc\n"], in: "456789", number: 0) == nil)
    #expect(leftover(of: ["0123456789\n", "abcdefgh\n"], in: "9") == nil)
  }

  @Test func whatWasSentMayBePrinted() {
    #expect(leftover(of: ["aaaaaaaaaaaa\n", "aaaaaaaa\n"], in: "aaaaaaaa") == nil)
    #expect(leftover(of: ["one two\n", "one\n", "two\n"], in: "two") == nil)
  }
}
