// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a peer of the lab has received on its connection, and how much of it the steps have taken.
struct PeerStream: Equatable {
  /// How much is kept that no step has taken; a device that sends without end must not fill the lab's memory.
  static let limit = 1 << 20

  /// How what was received compares with what is to come next.
  enum Comparison: Equatable {
    /// All of it is there.
    case complete
    /// So much of it is there.
    case beginning(Int)
    /// The byte at this offset is another one.
    case differs(at: Int)
  }

  /// Received bytes that no step has taken.
  private(set) var untaken: [UInt8] = []
  /// How many bytes were received in all.
  private(set) var received = 0
  /// How many of them had been received when the peer last sent.
  private var receivedAtSend = 0
  /// How many bytes the peer has sent in all.
  private(set) var sent = 0
  /// Whether the host's socket has reported the end of the stream or an error.
  var ended = false
  /// The pattern that was last looked for in vain, and how much had been received then.
  private var lastMiss: (pattern: String, received: Int)?

  static func == (left: PeerStream, right: PeerStream) -> Bool {
    left.untaken == right.untaken && left.received == right.received && left.receivedAtSend == right.receivedAtSend
      && left.sent == right.sent && left.ended == right.ended
  }

  /// Whether nothing came since the peer last sent, and nothing was lost on its way: a reset may take with it what was sent before.
  /// - Parameter sent: how many bytes the device has sent in all, as the wire shows it.
  func isSilent(deviceSent sent: Int) -> Bool { received == receivedAtSend && sent <= received }

  /// What was received and not taken, as text.
  var text: String { String(decoding: untaken, as: UTF8.self) }

  mutating func receive(_ bytes: [UInt8]) {
    received += bytes.count
    untaken.append(contentsOf: bytes.prefix(max(0, Self.limit - untaken.count)))
  }

  /// Remembers that the peer sends bytes now.
  mutating func willSend(_ count: Int) {
    sent += count
    receivedAtSend = received
  }

  /// Takes everything up to the end of the first match.
  /// - Parameters:
  ///   - regex: what is looked for.
  ///   - pattern: its text; the same pattern is not looked for again before more has come.
  /// - Returns: what was taken, or nil where nothing matches.
  mutating func take(through regex: Regex<AnyRegexOutput>, pattern: String = "") -> String? {
    if let lastMiss, lastMiss == (pattern, received), !pattern.isEmpty { return nil }
    let text = text
    guard let match = try? regex.firstMatch(in: text) else {
      lastMiss = (pattern, received)
      return nil
    }
    let taken = text[..<match.range.upperBound]
    untaken.removeFirst(min(untaken.count, taken.utf8.count))
    return String(taken)
  }

  /// Compares what was received and not taken with what is to come next.
  func compare(_ expected: [UInt8]) -> Comparison {
    let common = min(untaken.count, expected.count)
    if common > 0, memcmp(untaken, expected, common) != 0,
      let offset = zip(untaken, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset
    {
      return .differs(at: offset)
    }
    return untaken.count >= expected.count ? .complete : .beginning(untaken.count)
  }

  /// Takes so many bytes.
  mutating func take(_ count: Int) {
    untaken.removeFirst(min(untaken.count, count))
  }
}
