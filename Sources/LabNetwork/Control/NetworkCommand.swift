// SPDX-License-Identifier: Apache-2.0

/// What the lab tells the network process. One command is one line of JSON on the control connection; they are carried out
/// in order, and those that have an answer are answered in order.
public enum NetworkCommand: Codable, Equatable, Sendable {
  /// Opens a port of 127.0.0.1, chosen by the kernel, that leads to the device's port. Answered by `forwarded`, or `failed`.
  case forward(guestPort: UInt16)
  /// Declares what a name resolves to. Case and a final dot do not matter. Names that were not declared do not exist.
  case dns(name: String, answer: DNSAnswer)
  /// Declares what happens to new connections that the device opens to a port. Without an address it is meant for all addresses
  /// that have no route of their own for the port. A later route for the same address and port takes the place of the earlier.
  case route(address: IPv4Address?, port: UInt16, target: RouteTarget)
  /// Asks the device with a SYN whether a port listens; SYN-ACK is answered with RST, so that no connection comes about and the
  /// program never hears of it. Answered by `probed`, unless the device says nothing.
  case probe(port: UInt16)
  /// A reading of both clocks in nanoseconds, as `GuestClock.sample` takes it; the first one is the origin of the capture's time.
  case clock(host: UInt64, guest: UInt64)
  /// Asks for `statistics`.
  case statistics
  /// Ends the process in good order; the capture is complete then.
  case stop
}

/// What a name resolves to.
public enum DNSAnswer: Codable, Equatable, Sendable {
  /// These addresses. They are taken to be hosts that exist: ports without a route refuse, and echo requests are answered.
  case addresses([IPv4Address])
  /// There is no such name.
  case nxdomain
  /// No answer at all.
  case silent
}

/// What happens to a connection that the device opens.
public enum RouteTarget: Codable, Equatable, Sendable {
  /// It reaches a peer of the lab that listens on this port of 127.0.0.1.
  case peer(hostPort: UInt16)
  /// It is refused with RST.
  case refused
  /// SYNs vanish.
  case silent
}
