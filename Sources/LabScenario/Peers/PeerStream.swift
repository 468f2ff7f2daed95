// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What a peer of the lab has received on its connection, and how much of it the steps have taken.
struct PeerStream: Equatable {
  /// How much is kept that no step has taken; a device that sends without end must not fill the lab's memory.
  static let limit = 1 << 20

  /// How what was received compares with what is to come next.
  enum Comparison: Equatable {
    /// All of it is there. The number tells how many of the received bytes it is.
    case complete(Int)
    /// So much of it is there.
    case beginning(Int)
    /// The byte at this offset is another one; it is the one at the other offset among those that were received.
    case differs(at: Int, received: Int)
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
  /// The last search that found nothing; nil where nothing is being looked for.
  private var lastMiss: Miss?

  /// A pattern that did not match.
  private struct Miss {
    var pattern: String
    /// How much was looked at.
    var count: Int
    var time: UInt64
  }

  static func == (left: PeerStream, right: PeerStream) -> Bool {
    left.untaken == right.untaken && left.received == right.received && left.receivedAtSend == right.receivedAtSend
      && left.sent == right.sent && left.ended == right.ended
  }

  /// Whether nothing came since the peer last sent, and nothing was lost on its way: a reset may take with it what was sent before.
  /// - Parameter sent: how many bytes the device has sent in all, as the wire shows it.
  func isSilent(deviceSent sent: Int) -> Bool { received == receivedAtSend && sent <= received }

  /// What was received and not taken, as text.
  var text: String { String(decoding: untaken, as: UTF8.self) }

  /// Whether something has come that is still to be looked at.
  var isBehind: Bool { lastMiss.map { $0.count < untaken.count } ?? false }

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
  ///
  /// What has been searched in vain is searched again when more has come: at once as long as it is short, else when there is a good deal more of it or some
  /// time has passed. A device that sends byte by byte cannot keep the lab busy with it.
  /// - Parameters:
  ///   - pattern: what is looked for.
  ///   - time: now, by the host's clock in nanoseconds.
  ///   - isLast: whether nothing more is waited for: all that has come is searched now.
  /// - Returns: what was taken, or nil where nothing matches.
  mutating func take(through pattern: Pattern, at time: UInt64 = 0, isLast: Bool = false) -> String? {
    guard isLast || isWorthSearching(for: pattern, at: time) else { return nil }
    lastMiss = nil
    // An incomplete scalar at the end waits for the rest of its bytes.
    let bytes = untaken.dropLast(isLast || ended ? 0 : TextDecoding.unfinished(untaken))
    let text = String(decoding: bytes, as: UTF8.self)
    guard let match = pattern.firstMatch(in: text) else {
      if !isLast { lastMiss = Miss(pattern: pattern.description, count: ended ? .max : untaken.count, time: time) }
      return nil
    }
    let taken = text[..<match.range.upperBound]
    take(TextDecoding.source(of: taken.utf8.count, in: bytes))
    return String(taken)
  }

  private func isWorthSearching(for pattern: Pattern, at time: UInt64) -> Bool {
    guard let lastMiss, lastMiss.pattern == pattern.description else { return true }
    guard lastMiss.count < untaken.count || (ended && lastMiss.count < .max) else { return false }
    return ended || untaken.count <= Self.shortLength || untaken.count - lastMiss.count >= untaken.count / 16
      || time - min(lastMiss.time, time) >= Self.patience
  }

  /// Up to how many bytes are searched whenever one more comes.
  private static let shortLength = 4096
  /// After how many nanoseconds of the host's clock all that has come is searched.
  private static let patience: UInt64 = 20_000_000

  /// Compares what was received and not taken with what is to come next.
  /// - Parameters:
  ///   - expected: what is to come.
  ///   - anyLineEnds: whether CR LF may have come for LF.
  func compare(_ expected: [UInt8], anyLineEnds: Bool = false) -> Comparison {
    let common = min(untaken.count, expected.count)
    if memcmp(untaken, expected, common) == 0 {
      return untaken.count >= expected.count ? .complete(common) : .beginning(common)
    }
    let (carriageReturn, lineFeed) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
    var index = 0
    for (offset, byte) in expected.enumerated() {
      if anyLineEnds, byte == lineFeed, index < untaken.count, untaken[index] == carriageReturn {
        guard index + 1 < untaken.count else { return .beginning(offset) }
        if untaken[index + 1] == lineFeed { index += 1 }
      }
      guard index < untaken.count else { return .beginning(offset) }
      guard untaken[index] == byte else { return .differs(at: offset, received: index) }
      index += 1
    }
    return .complete(index)
  }

  /// Takes so many bytes.
  mutating func take(_ count: Int) {
    lastMiss = nil
    untaken.removeFirst(min(untaken.count, count))
  }
}
