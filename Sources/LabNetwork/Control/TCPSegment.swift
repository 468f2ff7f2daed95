// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Which way something passes, seen from the device.
public enum Direction: String, Codable, Sendable {
  /// The device sent it.
  case fromDevice
  /// The device was sent it.
  case toDevice
}

/// A TCP segment as the device sent or got it.
public struct TCPSegment: Codable, Equatable, Sendable {
  /// What became of a segment of the device.
  public enum Fate: String, Codable, Sendable {
    /// It went where it was sent.
    case passed
    /// The network answered it with RST.
    case refused
    /// It vanished: its destination is closed or silent.
    case vanished
    /// It got lost: the lab has impaired the network.
    case lost
  }

  /// The connection's number, counted from 1 over the run. A port that is used again makes a new connection.
  public var connection: Int
  /// The host's `CLOCK_MONOTONIC` in nanoseconds.
  public var time: UInt64
  /// Which way it went.
  public var direction: Direction
  /// The device's address and port.
  public var device: Endpoint
  /// The other side's, as the device knows it.
  public var peer: Endpoint
  /// The flags.
  public var flags: TCPFlags
  /// The sequence number relative to the sender's SYN, which is 0: the first byte of the stream is 1.
  public var sequence: UInt32
  /// The acknowledgement relative to the other side's SYN: 1 + n acknowledges n bytes. 0 without ACK.
  public var acknowledgement: UInt32
  /// The window that the sender offers, in bytes, not scaled.
  public var window: UInt16
  /// How many bytes of the stream it carries.
  public var payloadLength: Int
  /// The bytes; empty once 64 KiB of this direction of the connection have been told.
  public var payload: Data
  /// Everything in it that takes sequence numbers has been sent before.
  public var retransmission: Bool
  /// It asks for a sign of life: nothing new, one before the next sequence number (RFC 9293, 3.8.4).
  public var keepAlive: Bool
  /// What became of it.
  public var fate: Fate

  /// The connection by its ends.
  public var id: ConnectionID { ConnectionID(device: device, peer: peer) }
  /// The sender's end.
  public var source: Endpoint { direction == .fromDevice ? device : peer }
  /// The receiver's end.
  public var destination: Endpoint { direction == .fromDevice ? peer : device }

  /// - Parameters: as the properties of the same names.
  public init(
    connection: Int, time: UInt64, direction: Direction, device: Endpoint, peer: Endpoint, flags: TCPFlags,
    sequence: UInt32, acknowledgement: UInt32 = 0, window: UInt16 = 0, payloadLength: Int = 0, payload: Data = Data(),
    retransmission: Bool = false, keepAlive: Bool = false, fate: Fate = .passed
  ) {
    self.connection = connection
    self.time = time
    self.direction = direction
    self.device = device
    self.peer = peer
    self.flags = flags
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.window = window
    self.payloadLength = payloadLength
    self.payload = payload
    self.retransmission = retransmission
    self.keepAlive = keepAlive
    self.fate = fate
  }
}

/// Ordinary segments of one direction of a busy connection (no SYN, FIN, RST, nothing sent twice) told together.
/// A connection is busy once 64 KiB of one direction have been told byte by byte.
public struct StreamProgress: Codable, Equatable, Sendable {
  /// The connection's number.
  public var connection: Int
  /// Which way they went.
  public var direction: Direction
  /// How many segments.
  public var segments: Int
  /// How many bytes of the stream they carried.
  public var bytes: Int
  /// The relative sequence number after the last byte.
  public var sequenceEnd: UInt32
  /// The last relative acknowledgement.
  public var acknowledgement: UInt32
  /// The last window.
  public var window: UInt16
  /// The time of the first of them, `CLOCK_MONOTONIC` in nanoseconds.
  public var firstTime: UInt64
  /// The time of the last of them.
  public var lastTime: UInt64
}
