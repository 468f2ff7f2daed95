// SPDX-License-Identifier: Apache-2.0

/// The device tries to open a connection: a SYN that is not a repetition. Attempts at the device's own loopback addresses cannot be
/// seen: they never reach the wire.
public struct ConnectionAttempt: Codable, Equatable, Sendable {
  /// The number that the connection has in `TCPSegment`.
  public var connection: Int
  /// The device's end.
  public var source: Endpoint
  /// What it dials.
  public var destination: Endpoint
  /// Which attempt it is at this port of whatever address, counted from 1 over the run.
  public var number: Int
  /// What became of its first SYN. A peer of the lab may still refuse what has passed.
  public var fate: TCPSegment.Fate

  /// - Parameters: as the properties of the same names.
  public init(connection: Int, source: Endpoint, destination: Endpoint, number: Int, fate: TCPSegment.Fate) {
    self.connection = connection
    self.source = source
    self.destination = destination
    self.number = number
    self.fate = fate
  }

  /// The connection by its ends.
  public var id: ConnectionID { ConnectionID(device: source, peer: destination) }
}
