// SPDX-License-Identifier: Apache-2.0

@testable import LabNetwork

/// Frames that were captured between Linux's network stack and libslirp, and made ones.
enum Samples {
  static let arpRequest = bytes(
    """
    ffffffffffff52550a0002020806000108000604000152550a0002020a000202
    0000000000000a00020f
    """)
  static let arpReply = bytes(
    """
    52550a00020202000000001508060001080006040002
    0200000000150a00020f52550a0002020a000202
    """)
  /// libslirp's SYN to port 3333.
  static let syn = bytes(
    """
    02000000001552550a000202080045000 02c00000000400662bc0a0002020a00
    020fc8ec0d050000fa01000000006002ffffb0220000020405b4
    """)
  /// Linux's answer.
  static let synAck = bytes(
    """
    52550a00020202000000001508004500002c00004000400622bc0a00020f0a00
    02020d05c8ec47f6e8660000fa02601216806948 0000020405a0
    """)
  static let ack = bytes(
    """
    02000000001552550a00020208004500002800010000400662bf0a0002020a00
    020fc8ec0d050000fa0247f6e8675010ffff97710000
    """)

  /// lwIP's DHCPDISCOVER, by the bundled SDK on Espressif's machine.
  static let discover =
    bytes(
      """
      ffffffffffffc40a24fe100108004500015000000000401 1799e00000000ffff
      ffff00440043013c96e201010600 3f5f4d2a
      """) + zeros(20) + bytes("c40a24fe1001") + zeros(202)
    + bytes("63825363350101390205dc370401031c06ff") + zeros(54)
  /// libslirp's DHCPOFFER in answer to it.
  static let offer =
    bytes(
      """
      ffffffffffff52550a00020208004510024000000000401 16c9c0a000202ffff
      ffff00430044022cbc9a02010600 3f5f4d2a 0000000000000000 0a00020f 0a000202 00000000 c40a24fe1001
      """) + zeros(202)
    + bytes("638253633501 0236040a0002020104ffffff0003040a00020206040a000203330400015180ff") + zeros(274)

  static let all = [arpRequest, arpReply, syn, synAck, ack]

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.filter(\.isHexDigit)
    return stride(from: 0, to: digits.count, by: 2).map { offset in
      let start = digits.index(digits.startIndex, offsetBy: offset)
      return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)!
    }
  }

  typealias Generator = SplitMix64

  static let mac = MACAddress(0x0200_0000_0015)
  static let gateway = MACAddress.ofNetwork(NetworkPlan.host)

  /// A TCP frame from the device.
  static func tcp(
    device: UInt16 = 3333, peer: Endpoint = Endpoint(NetworkPlan.host, 40_000), _ flags: TCPFlags,
    sequence: UInt32 = 1000, acknowledgement: UInt32 = 0, window: UInt16 = 5760, payload: [UInt8] = []
  ) -> Frame {
    tcp(
      .fromDevice, device: device, peer: peer, flags, sequence: sequence, acknowledgement: acknowledgement,
      window: window, payload: payload)
  }

  /// A TCP frame from or to the device.
  static func tcp(
    _ direction: Direction, device: UInt16 = 3333, peer: Endpoint = Endpoint(NetworkPlan.host, 40_000),
    _ flags: TCPFlags, sequence: UInt32 = 1000, acknowledgement: UInt32 = 0, window: UInt16 = 5760,
    payload: [UInt8] = []
  ) -> Frame {
    let local = Endpoint(NetworkPlan.device, device)
    let (source, destination) = direction == .fromDevice ? (local, peer) : (peer, local)
    let (from, to) = direction == .fromDevice ? (mac, gateway) : (gateway, mac)
    return .tcp(
      from: from, to: to,
      IPv4Header(source: source.address, destination: destination.address, protocolNumber: IPProtocol.tcp),
      TCPHeader(
        sourcePort: source.port, destinationPort: destination.port, sequence: sequence,
        acknowledgement: acknowledgement, flags: flags, window: window), payload: payload)
  }
}
