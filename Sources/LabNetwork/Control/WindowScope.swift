// SPDX-License-Identifier: Apache-2.0

/// Which connections a limit of the window is for. When several are for one, the first of these counts.
public enum WindowScope: Hashable, Codable, Sendable {
  /// This one, and later ones between the same two ends.
  case connection(ConnectionID)
  /// Those whose lab end has this port of 127.0.0.1: the peer that listens there, or the client that connects from there.
  case hostPort(UInt16)
  /// Those to or from this port of the device.
  case guestPort(UInt16)
}
