// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the lab's peers receive.
extension RunRecord {
  /// Begins to record what a peer receives on a new connection.
  /// - Returns: the stream's number.
  func openStream() -> Int {
    lastStream += 1
    streams[lastStream] = PeerStream()
    return lastStream
  }

  /// Remembers that a client has come from a port of the host.
  func takeClientPort(_ port: UInt16) { clientPorts.insert(port) }

  /// Remembers which connection a stream is the peer's side of.
  func pair(_ stream: Int, with key: PeerConnection.Key) { streamKeys[stream] = key }

  /// Remembers the servers that the device may dial.
  func serve(_ servers: [ServedPort]) { self.servers = servers }

  /// Forgets what a peer received.
  func closeStream(_ stream: Int) {
    streams[stream] = nil
    streamKeys[stream] = nil
  }

  /// Takes up what a peer received; with nil, that its socket reported the end of the stream or an error.
  func received(_ bytes: [UInt8]?, on stream: Int) {
    if let bytes { streams[stream]?.receive(bytes) } else { streams[stream]?.ended = true }
    lastEvent = now()
    changed()
  }

  /// Remembers that a peer sends bytes now.
  /// - Returns: how many bytes it has sent in all, these included.
  func willSend(_ count: Int, on stream: Int) -> Int {
    lastEvent = now()
    streams[stream]?.willSend(count)
    return streams[stream]?.sent ?? count
  }

  /// Takes what a peer received, up to the end of the first match.
  /// - Parameter isLast: whether nothing more is waited for.
  func take(from stream: Int, through pattern: Pattern, isLast: Bool = false) -> String? {
    streams[stream]?.take(through: pattern, at: now(), isLast: isLast)
  }

  /// Takes so many bytes of what a peer received.
  func take(_ count: Int, from stream: Int) {
    streams[stream]?.take(count)
  }
}
