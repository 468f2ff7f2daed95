// SPDX-License-Identifier: Apache-2.0

/// What a TCP client of the lab does.
public enum ClientAction: Equatable, Sendable {
  /// It connects; the step succeeds when the device's own SYN-ACK was seen. With `window`, the client offers the device a
  /// receive window of at most so many bytes.
  case connect(port: UInt16, window: Int? = nil)
  /// It uses its connection.
  case stream(StreamAction)
}

/// What a TCP server of the lab does, which the device dials.
public enum ServerAction: Equatable, Sendable {
  /// It begins to listen.
  case listen(Listening)
  /// It waits for the device's next connection, which the following stream actions are about. One that is optional need not come: then those are passed over.
  case accept(isOptional: Bool = false)
  /// It stops listening: the port is refused from now on. Connections stay.
  case stop
  /// It uses the connection that it accepted last.
  case stream(StreamAction)
}

/// Where a server listens, and from when on.
public struct Listening: Equatable, Sendable {
  /// How attempts end before the server is open.
  public enum Barrier: String, CaseIterable, Sendable {
    /// With RST.
    case refused
    /// Without any answer.
    case silent
  }

  /// What keeps the device out at first.
  public enum Gate: Equatable, Sendable {
    /// The first so many attempts do not come through.
    case attempts(Int, Barrier)
    /// Attempts in so much guest time from now on do not come through.
    case time(GuestDuration, Barrier)
  }

  /// The port that the device dials.
  public var port: UInt16
  /// The address that it dials; nil for any.
  public var address: HostAddress?
  /// What keeps it out at first.
  public var gate: Gate?
  /// The server offers the device a receive window of at most so many bytes.
  public var window: Int?

  /// - Parameters: as the properties of the same names.
  public init(port: UInt16, address: HostAddress? = nil, gate: Gate? = nil, window: Int? = nil) {
    self.port = port
    self.address = address
    self.gate = gate
    self.window = window
  }
}
