// SPDX-License-Identifier: Apache-2.0

@testable import LabNetwork

/// One TCP connection of `FakeGuest`, its segments sent by hand.
final class FakeConnection {
  struct Segment {
    var tcp: TCPHeader
    var payload: [UInt8]
  }

  let guest: FakeGuest
  let local: UInt16
  private(set) var remote: Endpoint
  var sequence: UInt32
  var acknowledgement: UInt32 = 0

  init(_ guest: FakeGuest, local: UInt16, remote: Endpoint, initial: UInt32 = 0xffff_ff00) {
    self.guest = guest
    self.local = local
    self.remote = remote
    sequence = initial
  }

  /// Sends a segment and moves the sequence number on.
  func send(_ flags: TCPFlags, _ payload: [UInt8] = [], window: UInt16 = 5760) throws {
    try guest.send(frame(flags, payload, window: window))
    sequence &+= UInt32(payload.count) + (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
  }

  func frame(_ flags: TCPFlags, _ payload: [UInt8] = [], window: UInt16 = 5760) -> Frame {
    let options: [UInt8] = flags.contains(.syn) ? [2, 4, 0x05, 0xa0] : []
    return .tcp(
      from: guest.mac, to: guest.gateway,
      IPv4Header(source: guest.address, destination: remote.address, protocolNumber: IPProtocol.tcp),
      TCPHeader(
        sourcePort: local, destinationPort: remote.port, sequence: sequence,
        acknowledgement: flags.contains(.ack) ? acknowledgement : 0, flags: flags, window: window, options: options),
      payload: payload)
  }

  /// Waits for a segment of this connection.
  func receive(_ what: String, where matches: (Segment) -> Bool = { _ in true }) throws -> Segment {
    try guest.receive(what) { frame in
      guard case .tcp(let ip, let tcp, let payload) = frame.content, tcp.destinationPort == local,
        Endpoint(ip.source, tcp.sourcePort) == remote
      else { return nil }
      let segment = Segment(tcp: tcp, payload: Array(frame.bytes[payload]))
      return matches(segment) ? segment : nil
    }
  }

  /// Opens the connection as a client.
  func open() throws {
    try send(.syn)
    let answer = try receive("SYN,ACK") { $0.tcp.flags.contains([.syn, .ack]) }
    acknowledgement = answer.tcp.sequence &+ 1
    try send(.ack)
  }

  /// Waits for a client at a port of the device and takes its connection.
  static func accept(_ guest: FakeGuest, port: UInt16) throws -> FakeConnection {
    let (remote, syn) = try guest.receive("a SYN to port \(port)") { frame -> (Endpoint, TCPHeader)? in
      guard case .tcp(let ip, let tcp, _) = frame.content, tcp.flags == .syn, tcp.destinationPort == port else {
        return nil
      }
      return (Endpoint(ip.source, tcp.sourcePort), tcp)
    }
    let connection = FakeConnection(guest, local: port, remote: remote)
    connection.acknowledgement = syn.sequence &+ 1
    try connection.send([.syn, .ack])
    return connection
  }

  /// Waits for data and acknowledges it.
  func receiveData(count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let segment = try receive("data") { !$0.payload.isEmpty && $0.tcp.sequence == acknowledgement }
      bytes += segment.payload
      acknowledgement = segment.tcp.sequence &+ UInt32(segment.payload.count)
      try send(.ack)
    }
    return bytes
  }
}
