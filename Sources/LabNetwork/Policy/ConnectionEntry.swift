// SPDX-License-Identifier: Apache-2.0

/// A connection in the `ConnectionTable`.
struct ConnectionEntry: Evictable {
  /// How long libslirp may take to acknowledge what the device has sent, in nanoseconds. What waits for longer, waits in vain.
  static let answerTime: UInt64 = 1_000_000_000

  /// The other end as libslirp knows it.
  let target: Endpoint
  /// The sequence number of the SYN that opened it.
  let initial: UInt32
  var device = DeviceStream()
  var host = HostStream()
  var endedByDevice = false
  var endedByPeer = false
  var wasReset = false
  /// The device has started anew and knows nothing of it.
  var isForgotten = false
  /// The lab has made it vanish.
  var hasVanished = false
  var lastUsed: UInt64

  var isClosed: Bool { wasReset || isForgotten || endedByDevice && endedByPeer }

  init(target: Endpoint, syn: TCPHeader, limit: Int?, at time: UInt64) {
    self.target = target
    initial = syn.sequence
    host.limit = limit
    lastUsed = time
  }

  /// Takes up a segment of the device that passes.
  mutating func takeFromDevice(_ tcp: TCPHeader, at time: UInt64) {
    host.takeAnswer(tcp)
    if tcp.flags.contains(.fin) { endedByDevice = true }
    if tcp.flags.contains(.rst) { wasReset = true }
    lastUsed = time
  }

  /// Takes up a segment of libslirp.
  /// - Returns: the window that it may offer.
  mutating func takeFromHost(_ tcp: TCPHeader, payloadLength: Int, at time: UInt64) -> UInt16 {
    device.takeAcknowledgement(tcp)
    if tcp.flags.contains(.fin) { endedByPeer = true }
    if tcp.flags.contains(.rst) { wasReset = true }
    lastUsed = time
    return host.take(tcp, payloadLength: payloadLength)
  }

  /// How many sequence numbers of the device libslirp will acknowledge any moment.
  func inFlight(at time: UInt64) -> Int {
    isClosed || hasVanished || time > lastUsed + ConnectionEntry.answerTime ? 0 : device.unacknowledged
  }

  /// How many sequence numbers the device has been sent and may still acknowledge.
  var unacknowledged: Int { isClosed || hasVanished ? 0 : host.unacknowledged }
}
