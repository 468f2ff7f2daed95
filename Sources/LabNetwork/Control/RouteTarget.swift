// SPDX-License-Identifier: Apache-2.0

/// What happens to a connection that the device opens.
public enum RouteTarget: Codable, Equatable, Sendable {
  /// What an attempt meets at a closed gate.
  public enum Gate: String, Codable, Equatable, Sendable {
    /// It is refused with RST.
    case refused
    /// Its SYNs vanish.
    case silent
  }

  /// It reaches a peer of the lab that listens on this port of 127.0.0.1.
  case peer(hostPort: UInt16)
  /// It is refused with RST.
  case refused
  /// SYNs vanish.
  case silent
  /// The first so many attempts after the route was declared meet the gate, the later ones reach the peer that listens on this
  /// port of 127.0.0.1. A SYN that is sent again belongs to the attempt that it began, and meets what that one met.
  case afterAttempts(Int, first: Gate, then: UInt16)
}
