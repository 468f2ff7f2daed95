// SPDX-License-Identifier: Apache-2.0
import LabModel

@testable import LabNetwork

/// Captures as a run leaves them.
struct SampleCapture {
  private(set) var bytes = PcapngWriter.header(application: "test", interface: "eth0", description: "test")
  private let device = MACAddress(0x02_00_00_00_00_15)
  private let host = MACAddress(0x02_00_00_00_00_02)

  /// Adds a segment.
  mutating func add(
    _ direction: Direction, at time: UInt64, peer: UInt16 = 50000, port: UInt16 = 3333, _ flags: TCPFlags,
    sequence: UInt32, acknowledgement: UInt32 = 0, window: UInt16 = 5760, payload: [UInt8] = []
  ) {
    let isOut = direction == .fromDevice
    let frame = Frame.tcp(
      from: isOut ? device : host, to: isOut ? host : device,
      IPv4Header(
        source: isOut ? NetworkPlan.device : NetworkPlan.host,
        destination: isOut ? NetworkPlan.host : NetworkPlan.device,
        protocolNumber: IPProtocol.tcp),
      TCPHeader(
        sourcePort: isOut ? port : peer, destinationPort: isOut ? peer : port, sequence: sequence,
        acknowledgement: acknowledgement, flags: flags, window: window), payload: payload)
    bytes += PcapngWriter.packet(frame.bytes, time: time, direction: direction)
  }

  /// A client that connects, sends something, gets it back, and goes.
  /// - Parameters:
  ///   - payload: what is sent.
  ///   - time: when it begins, in nanoseconds.
  ///   - peer: the client's port.
  static func conversation(sending payload: [UInt8], at time: UInt64 = 0, peer: UInt16 = 50000) -> [UInt8] {
    var capture = SampleCapture()
    capture.converse(sending: payload, at: time, peer: peer)
    return capture.bytes
  }

  /// Adds such a client.
  mutating func converse(sending payload: [UInt8], at time: UInt64, peer: UInt16) {
    let end = 1 + UInt32(payload.count)
    add(.toDevice, at: time, peer: peer, .syn, sequence: 0)
    add(.fromDevice, at: time + 1_000_000, peer: peer, [.syn, .ack], sequence: 0, acknowledgement: 1)
    add(.toDevice, at: time + 2_000_000, peer: peer, .ack, sequence: 1, acknowledgement: 1)
    add(.toDevice, at: time + 3_000_000, peer: peer, [.psh, .ack], sequence: 1, acknowledgement: 1, payload: payload)
    add(
      .fromDevice, at: time + 4_000_000, peer: peer, [.psh, .ack], sequence: 1, acknowledgement: end, payload: payload)
    add(.toDevice, at: time + 5_000_000, peer: peer, [.fin, .ack], sequence: end, acknowledgement: end)
    add(.fromDevice, at: time + 6_000_000, peer: peer, [.fin, .ack], sequence: end, acknowledgement: end + 1)
  }
}
