// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// An established connection between a peer of the lab and the device, whichever side opened it.
struct PeerConnection: Sendable {
  /// How the wire's side of it is found.
  enum Key: Hashable, Sendable {
    /// A client of the lab opened it, from this port.
    case client(port: UInt16)
    /// The device opened it; this is its number.
    case dialled(Int)
  }

  /// The peer's name.
  let name: String
  /// The number of its stream in the record.
  let stream: Int
  /// How the wire's side of it is found.
  let key: Key
  /// The peer's end.
  let socket: PeerSocket
}

extension RunRecord {
  /// What the wire showed of a connection.
  func facts(_ key: PeerConnection.Key) -> ConnectionFacts? {
    switch key {
    case .client(let port): connections.client(port)
    case .dialled(let number): connections[number]
    }
  }

  /// What the peer's side of a connection received.
  func stream(_ connection: PeerConnection) -> PeerStream { streams[connection.stream] ?? PeerStream() }
}
