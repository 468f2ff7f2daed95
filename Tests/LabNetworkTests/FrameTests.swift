// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

@Suite struct FrameTests {
  @Test func readsARP() throws {
    let frame = try Frame(Samples.arpRequest)
    #expect(frame.ethernet.destination == .broadcast)
    #expect(
      frame.content
        == .arp(
          ARPPacket(
            operation: 1, senderMAC: MACAddress(0x5255_0a00_0202), sender: NetworkPlan.host, targetMAC: MACAddress(0),
            target: NetworkPlan.device)))
  }

  @Test func readsTCP() throws {
    let frame = try Frame(Samples.synAck)
    guard case .tcp(let ip, let tcp, let payload) = frame.content else {
      Issue.record("not TCP")
      return
    }
    #expect(ip.source == NetworkPlan.device)
    #expect(ip.destination == NetworkPlan.host)
    #expect(tcp.sourcePort == 3333)
    #expect(tcp.destinationPort == 51436)
    #expect(tcp.sequence == 0x47f6_e866)
    #expect(tcp.acknowledgement == 0xfa02)
    #expect(tcp.flags == [.syn, .ack])
    #expect(tcp.window == 5760)
    #expect(tcp.options == [2, 4, 5, 0xa0])
    #expect(payload.isEmpty)
  }

  @Test(arguments: Samples.all) func paddingIsNotPartOfIt(_ bytes: [UInt8]) throws {
    let frame = try Frame(bytes)
    #expect(frame.bytes == bytes)
    #expect(try Frame(bytes + [UInt8](repeating: 0xee, count: 9)) == frame)
    #expect(try Frame(frame.padded) == frame)
    #expect(frame.padded.count == 60)
  }

  @Test func buildsWhatItReads() throws {
    let ip = IPv4Header(source: NetworkPlan.device, destination: NetworkPlan.host, protocolNumber: 17)
    for count in [0, 1, 2, 7, 1472] {
      let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let udp = Frame.udp(
        from: Samples.mac, to: Samples.gateway, ip, UDPHeader(sourcePort: 1, destinationPort: 2), payload: payload)
      #expect(try Frame(udp.bytes) == udp)
      var echoIP = ip
      echoIP.protocolNumber = 1
      let echo = Frame.echo(
        from: Samples.mac, to: Samples.gateway, echoIP, ICMPEcho(isRequest: true, identifier: 3, sequence: 4),
        payload: payload)
      #expect(try Frame(echo.bytes) == echo)
    }
    let tcp = Samples.tcp(.fromDevice, [.psh, .ack], payload: [1, 2, 3])
    #expect(try Frame(tcp.bytes) == tcp)
    let rebuilt = try Frame(Samples.arpReply)
    guard case .arp(let packet) = rebuilt.content else { return }
    #expect(Frame.arp(packet).bytes == Samples.arpReply)
  }

  @Test func rewritingKeepsChecksumsRight() throws {
    var random = Samples.Generator(state: 1)
    for _ in 0..<500 {
      let endpoint = Endpoint(
        IPv4Address(UInt32.random(in: 0...UInt32.max, using: &random)), .random(in: 1...65535, using: &random))
      let frame = Samples.tcp(
        peer: Endpoint(
          IPv4Address(UInt32.random(in: 0...UInt32.max, using: &random)), .random(in: 1...65535, using: &random)),
        [.ack], sequence: .random(in: 0...UInt32.max, using: &random),
        payload: (0..<Int.random(in: 0...9, using: &random)).map { _ in .random(in: 0...255, using: &random) })
      let redirected = frame.redirected(to: endpoint)
      #expect(try Frame(redirected.bytes) == redirected)
      let posing = redirected.posing(as: endpoint)
      #expect(try Frame(posing.bytes) == posing)
    }
  }

  @Test func checksumOfRFC1071() {
    var checksum = InternetChecksum()
    checksum.add([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7], in: 0..<8)
    #expect(checksum.value == ~0xddf2)
    var odd = InternetChecksum()
    odd.add([0xff, 0x12, 0x34, 0x56], in: 1..<4)
    #expect(odd.value == ~0x6834)
  }

  @Test(
    arguments: [
      ("1.2.3.4", IPv4Address(1, 2, 3, 4)), ("255.255.255.255", .broadcast), ("1.2.3", nil), ("1.2.3.4.5", nil),
      ("256.1.1.1", nil), ("01.2.3.4", nil), ("+1.2.3.4", nil), (" 1.2.3.4", nil), ("1..3.4", nil), ("", nil),
      ("0.0.0.0", .unspecified), ("1.2.3.4\0", nil), ("٣.1.1.1", nil),
    ] as [(String, IPv4Address?)]) func addressText(_ text: String, _ expected: IPv4Address?)
  {
    #expect(IPv4Address(text) == expected)
    if let expected { #expect(expected.description == text) }
  }
}
