// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// What a peer sent at once, and when the device began to print what comes of it.
struct SentMessage {
  /// How long one may be that is remembered, in bytes, and how many are.
  static let longest = 4096
  static let kept = 64

  var bytes: [UInt8]
  /// The number of the peer's stream.
  var stream: Int
  /// How many lines the device had printed when it was sent.
  var lines: Int

  /// What a buffer still holds of a message behind a shorter one that came later.
  struct Leftover: Equatable {
    /// The longer message's first line.
    var longer: String
    /// What is left of it.
    var text: String
  }

  /// Shorter ones may be anything.
  private static let shortestLeftover = 3

  /// Finds what a line begins with among what earlier messages may have left behind. A buffer that is printed up to a NUL which nobody has put there shows it
  /// after the shorter message's line end.
  /// - Parameters:
  ///   - messages: what a peer sent, in order.
  ///   - line: a line that the device printed, made displayable.
  ///   - number: how many lines the device had printed before it.
  static func leftover(of messages: [SentMessage], in line: String, number: Int) -> Leftover? {
    // What has been sent as such may be printed as such.
    guard !messages.contains(where: { !$0.text.isEmpty && line.hasPrefix($0.text) }) else { return nil }
    for (index, shorter) in messages.enumerated() where shorter.lines <= number {
      for longer in messages[..<index] where longer.stream == shorter.stream {
        let text = displayable(Array(firstLine(longer.bytes.dropFirst(shorter.bytes.count))))
        if text.count >= shortestLeftover, line.hasPrefix(text) { return Leftover(longer: longer.text, text: text) }
      }
    }
    return nil
  }

  /// The first line, made displayable.
  private var text: String { displayable(Array(Self.firstLine(bytes[...]))) }

  private static func firstLine(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
  }
}
