// SPDX-License-Identifier: Apache-2.0

/// What the lab tells the network process. One command is one line of JSON on the control connection; they are carried out
/// in order, and those that have an answer are answered in order.
public enum NetworkCommand: Codable, Equatable, Sendable {
  /// Opens a port of 127.0.0.1, chosen by the kernel, that leads to the device's port. Answered by `forwarded`, or `failed`.
  case forward(guestPort: UInt16)
  /// Declares what a name resolves to. Case and a final dot do not matter. Names that were not declared do not exist. A later
  /// answer for the same name takes the place of the earlier.
  case dns(name: String, answer: DNSAnswer)
  /// Forgets all names: none exists any more, and neither do the hosts behind them.
  case forgetNames
  /// Declares what happens to new connections that the device opens to a port. Without an address it is meant for all addresses
  /// that have no route of their own for the port. A later route for the same address and port takes the place of the earlier.
  /// Connections that are already open stay as they are.
  case route(address: IPv4Address?, port: UInt16, target: RouteTarget)
  /// Takes back the route of just this address and port. Connections that are already open stay as they are.
  case unroute(address: IPv4Address?, port: UInt16)
  /// Makes the network worse than it is, in both directions, from now on. A later one takes the place of the earlier;
  /// `Impairment()` makes it good again. What is held back at the time goes on at once.
  case impair(Impairment)
  /// Limits the window that the lab's end of connections offers to the device, in bytes, from the SYN or SYN-ACK on and for as
  /// long as the limit is declared; nil takes it back. It never moves the right edge of a window to the left: what has been
  /// offered stays offered. When the window opens the device is told at once.
  ///
  /// lwIP makes segments of half the largest window that it has seen, and queues 16 of them: below 720 bytes it can never take the 5760
  /// that fill its send buffer, and a program that sends so much at a time hangs.
  case window(WindowScope, limit: Int?)
  /// Forgets all limits of windows.
  case forgetWindows
  /// Has the lab's end of a connection stop reading, or read again, as the device sees it: while it is paused nothing is offered
  /// beyond what has been offered, so the window closes as the device fills it; then it opens again and the device is told. What
  /// the device does send reaches the peer's socket all the same. Nothing happens when there is no such connection.
  case reading(connection: ConnectionID, paused: Bool)
  /// Has a connection vanish: from now on none of its segments passes, in neither direction. Nothing happens when there is
  /// no such connection; another one between the same ends passes.
  case vanish(connection: ConnectionID)
  /// Ends the connections that the device was asked for and has not answered: it is asked no more, neither it nor a device that is started
  /// anew.
  case endUnanswered
  /// Asks the device with a SYN whether a port listens; SYN-ACK is answered with RST, so that no connection comes about and the
  /// program never hears of it. Answered by `probed`, unless the device says nothing.
  case probe(port: UInt16)
  /// A reading of both clocks in nanoseconds, as `GuestClock.sample` takes it; the first one is the origin of the capture's time. Where the guest's
  /// clock was made to jump just before, `jumpedFrom` is when, by the host's clock.
  case clock(host: UInt64, guest: UInt64, jumpedFrom: UInt64? = nil)
  /// Answered by `synchronized` with the same token once everything that had arrived before has been dealt with: commands,
  /// frames of the device, and what peers had written to their sockets.
  case synchronize(token: UInt64)
  /// Asks for `statistics`.
  case statistics
  /// Ends the process in good order; the capture is complete then.
  case stop
}
