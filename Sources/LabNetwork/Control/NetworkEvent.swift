// SPDX-License-Identifier: Apache-2.0

/// Something that happened on the device's network, and when. One report is one line of JSON on the control connection.
public struct NetworkReport: Codable, Equatable, Sendable {
  /// The host's `CLOCK_MONOTONIC` in nanoseconds. Reports come in the order of their times.
  public var time: UInt64
  /// The guest's clock in nanoseconds, where it is known: while the guest waits for what comes of a frame that it has sent.
  public var guest: UInt64?
  /// What happened.
  public var event: NetworkEvent

  /// - Parameters: as the properties of the same names.
  public init(time: UInt64, guest: UInt64? = nil, event: NetworkEvent) {
    self.time = time
    self.guest = guest
    self.event = event
  }
}

/// What the network process tells the lab.
public enum NetworkEvent: Codable, Equatable, Sendable {
  /// The process listens for QEMU: it may be started now.
  case ready
  /// QEMU has connected.
  case guestConnected
  /// QEMU's connection is gone; the reason says whether it ended it or broke the framing.
  case guestDisconnected(reason: String)
  /// 127.0.0.1:`hostPort` leads to the device's port.
  case forwarded(guestPort: UInt16, hostPort: UInt16)
  /// The device uses an address that it was given by DHCP, for the first time. It comes again with each renewal and each boot.
  case leased(address: IPv4Address, mac: String)
  /// What a port of the device answered to the SYN of a probe.
  case probed(port: UInt16, answer: PortProbeAnswer)
  /// A TCP segment passed, or was answered or swallowed by the network.
  case segment(TCPSegment)
  /// The device tries to open a connection. It follows the segment that is its SYN.
  case attempt(ConnectionAttempt)
  /// Ordinary segments of a busy connection, told together.
  case stream(StreamProgress)
  /// The device asked a name server.
  case dnsQuery(DNSExchange)
  /// The device sent an echo request ("ping").
  case echo(destination: IPv4Address, answered: Bool)
  /// The device sent UDP that is neither DHCP nor DNS; it went nowhere.
  case datagram(source: Endpoint, destination: Endpoint, payloadLength: Int)
  /// Frames were not let through. The count is since the last report of this reason; the example is the first of them.
  case dropped(reason: DropReason, count: Int, example: String)
  /// Events came faster than the lab wants to hear of; this many were left out here.
  case suppressed(count: Int)
  /// The answer to `NetworkCommand.synchronize`. What is still under way comes by itself: `inFlight` counts frames that are held back or
  /// wait for the device, and bytes of the device that libslirp has not acknowledged yet. `unacknowledged` counts bytes that the
  /// device was sent and has not acknowledged: it may have them, or libslirp will send them again.
  case synchronized(token: UInt64, inFlight: Int, unacknowledged: Int)
  /// The answer to `NetworkCommand.statistics`, and the last words.
  case statistics(NetworkStatistics)
  /// Something could not be done; the run is affected. The message says what and why.
  case failed(message: String)
}

/// A query of the device and what became of it.
public struct DNSExchange: Codable, Equatable, Sendable {
  /// The name in lower case.
  public var name: String
  /// The record type: 1 is A, 28 is AAAA (RFC 1035, 3.2.2; RFC 3596).
  public var type: UInt16
  /// The server that the device asked.
  public var server: IPv4Address
  /// What it was told.
  public var answer: DNSAnswer

  /// - Parameters: as the properties of the same names.
  public init(name: String, type: UInt16, server: IPv4Address, answer: DNSAnswer) {
    self.name = name
    self.type = type
    self.server = server
    self.answer = answer
  }
}

/// Counts over the life of the network process.
public struct NetworkStatistics: Codable, Equatable, Sendable {
  /// Frames from the device, those that were dropped included.
  public var framesFromDevice = 0
  /// Their bytes.
  public var bytesFromDevice = 0
  /// Frames to the device.
  public var framesToDevice = 0
  /// Their bytes.
  public var bytesToDevice = 0
  /// Frames that were not let through, by `DropReason.rawValue`.
  public var dropped: [String: Int] = [:]
  /// Segments in either direction that carried what had been sent before.
  public var retransmissions = 0
  /// Events that were left out.
  public var suppressedEvents = 0
  /// Bytes written to the capture.
  public var captureBytes = 0
  /// Frames that the capture has no room for.
  public var framesNotCaptured = 0

  /// All counts 0.
  public init() {}
}

/// What a port of the device answers to SYN.
public enum PortProbeAnswer: String, Codable, Equatable, Sendable {
  /// SYN-ACK.
  case listens
  /// RST.
  case refuses
}
