// SPDX-License-Identifier: Apache-2.0

extension Frame {
  /// Builds an ARP frame. Requests go to everyone, replies to the one who asked.
  package static func arp(_ packet: ARPPacket) -> Frame {
    let destination = packet.operation == ARPPacket.request ? MACAddress.broadcast : packet.targetMAC
    let ethernet = EthernetHeader(destination: destination, source: packet.senderMAC, type: EthernetHeader.arp)
    var bytes = headerBytes(ethernet)
    bytes += [0, 1, 8, 0, 6, 4]
    bytes.append16(packet.operation)
    bytes.append48(packet.senderMAC.value)
    bytes.append32(packet.sender.value)
    bytes.append48(packet.targetMAC.value)
    bytes.append32(packet.target.value)
    return Frame(built: bytes, ethernet: ethernet, content: .arp(packet))
  }

  /// Builds a TCP frame.
  package static func tcp(
    from source: MACAddress, to destination: MACAddress, _ ip: IPv4Header, _ tcp: TCPHeader, payload: [UInt8] = []
  ) -> Frame {
    var body: [UInt8] = []
    body.reserveCapacity(tcp.length + payload.count)
    body.append16(tcp.sourcePort)
    body.append16(tcp.destinationPort)
    body.append32(tcp.sequence)
    body.append32(tcp.acknowledgement)
    body.append(UInt8(tcp.length / 4) << 4)
    body.append(tcp.flags.rawValue)
    body.append16(tcp.window)
    body.append32(0)
    body += tcp.options
    body += payload
    body.put16(segmentChecksum(body, ip, 0..<body.count), at: 16)
    return ipv4(from: source, to: destination, ip, body: body) { .tcp(ip, tcp, payload: $0 + tcp.length..<$1) }
  }

  /// Builds a UDP frame.
  package static func udp(
    from source: MACAddress, to destination: MACAddress, _ ip: IPv4Header, _ udp: UDPHeader, payload: [UInt8]
  ) -> Frame {
    var body: [UInt8] = []
    body.append16(udp.sourcePort)
    body.append16(udp.destinationPort)
    body.append16(UInt16(UDPHeader.length + payload.count))
    body.append16(0)
    body += payload
    let checksum = segmentChecksum(body, ip, 0..<body.count)
    body.put16(checksum == 0 ? 0xffff : checksum, at: 6)
    return ipv4(from: source, to: destination, ip, body: body) { .udp(ip, udp, payload: $0 + UDPHeader.length..<$1) }
  }

  /// Builds an ICMP echo frame.
  package static func echo(
    from source: MACAddress, to destination: MACAddress, _ ip: IPv4Header, _ echo: ICMPEcho, payload: [UInt8]
  ) -> Frame {
    var body: [UInt8] = [echo.isRequest ? 8 : 0, 0, 0, 0]
    body.append16(echo.identifier)
    body.append16(echo.sequence)
    body += payload
    var checksum = InternetChecksum()
    checksum.add(body, in: 0..<body.count)
    body.put16(checksum.value, at: 2)
    return ipv4(from: source, to: destination, ip, body: body) { .echo(ip, echo, payload: $0 + ICMPEcho.length..<$1) }
  }

  /// The frame as it goes on the wire: padded to the shortest length that Ethernet has.
  package var padded: [UInt8] {
    bytes.count >= Frame.minimumLength
      ? bytes : bytes + [UInt8](repeating: 0, count: Frame.minimumLength - bytes.count)
  }

  private static func ipv4(
    from source: MACAddress, to destination: MACAddress, _ ip: IPv4Header, body: [UInt8],
    content: (_ bodyStart: Int, _ end: Int) -> Content
  ) -> Frame {
    let ethernet = EthernetHeader(destination: destination, source: source, type: EthernetHeader.ipv4)
    var bytes = headerBytes(ethernet)
    bytes.reserveCapacity(EthernetHeader.length + IPv4Header.length + body.count)
    let start = bytes.count
    bytes += [0x45, 0]
    bytes.append16(UInt16(IPv4Header.length + body.count))
    bytes.append16(ip.identification)
    bytes.append16(0x4000)
    bytes += [ip.timeToLive, ip.protocolNumber, 0, 0]
    bytes.append32(ip.source.value)
    bytes.append32(ip.destination.value)
    var checksum = InternetChecksum()
    checksum.add(bytes, in: start..<bytes.count)
    bytes.put16(checksum.value, at: start + 10)
    let bodyStart = bytes.count
    bytes += body
    return Frame(built: bytes, ethernet: ethernet, content: content(bodyStart, bytes.count))
  }

  private static func headerBytes(_ ethernet: EthernetHeader) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append48(ethernet.destination.value)
    bytes.append48(ethernet.source.value)
    bytes.append16(ethernet.type)
    return bytes
  }
}
