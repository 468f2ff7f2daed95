// SPDX-License-Identifier: Apache-2.0

/// A TCP connection by its two ends, as `TCPSegment` tells them.
public struct ConnectionID: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The device's address and port.
  public var device: Endpoint
  /// The other side's, as the device knows it: for a connection that a client of the lab opens through a forward, 10.0.2.2 and the
  /// port of the client's socket.
  public var peer: Endpoint

  /// - Parameters: as the properties of the same names.
  public init(device: Endpoint, peer: Endpoint) {
    self.device = device
    self.peer = peer
  }

  /// `device - peer`.
  public var description: String { "\(device) - \(peer)" }
}
