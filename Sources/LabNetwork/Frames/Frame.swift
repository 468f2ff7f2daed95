// SPDX-License-Identifier: Apache-2.0

/// A frame that has been read and found well formed: its bytes, without padding, and what its headers say.
package struct Frame: Equatable, Sendable {
  /// What the frame carries. The ranges are the payload's place in `bytes`.
  package enum Content: Equatable, Sendable {
    case arp(ARPPacket)
    case tcp(IPv4Header, TCPHeader, payload: Range<Int>)
    case udp(IPv4Header, UDPHeader, payload: Range<Int>)
    case echo(IPv4Header, ICMPEcho, payload: Range<Int>)
  }

  package private(set) var bytes: [UInt8]
  package var ethernet: EthernetHeader
  package var content: Content

  /// The most bytes of a frame without its check sequence.
  package static let maximumLength = 1514
  /// The fewest bytes that a frame has on the wire; shorter ones are padded.
  package static let minimumLength = 60

  /// Reads a frame. What is not well formed is refused with its reason.
  package init(_ bytes: [UInt8]) throws(DropReason) {
    guard bytes.count >= EthernetHeader.length else { throw .tooShort }
    guard bytes.count <= Frame.maximumLength else { throw .tooLong }
    self.bytes = bytes
    ethernet = EthernetHeader(
      destination: MACAddress(bytes.big48(0)), source: MACAddress(bytes.big48(6)), type: bytes.big16(12))
    guard !ethernet.source.isGroup else { throw .ethernetSource }
    switch ethernet.type {
    case EthernetHeader.arp:
      content = .arp(try Frame.arp(bytes, ethernet))
      self.bytes.removeLast(bytes.count - EthernetHeader.length - ARPPacket.length)
    case EthernetHeader.ipv4:
      let end: Int
      (content, end) = try Frame.ipv4(bytes)
      self.bytes.removeLast(bytes.count - end)
    case EthernetHeader.ipv6:
      throw .ipv6
    default:
      throw .etherType
    }
  }

  /// Takes bytes that `Frame+Building.swift` has just made from these headers.
  init(built bytes: [UInt8], ethernet: EthernetHeader, content: Content) {
    self.bytes = bytes
    self.ethernet = ethernet
    self.content = content
  }

  private static func arp(_ bytes: [UInt8], _ ethernet: EthernetHeader) throws(DropReason) -> ARPPacket {
    let start = EthernetHeader.length
    guard bytes.count >= start + ARPPacket.length else { throw .tooShort }
    let hardwareAndProtocol: [UInt8] = [0, 1, 8, 0, 6, 4]
    guard bytes[start..<start + 6].elementsEqual(hardwareAndProtocol) else { throw .arpMalformed }
    let packet = ARPPacket(
      operation: bytes.big16(start + 6),
      senderMAC: MACAddress(bytes.big48(start + 8)), sender: IPv4Address(bytes.big32(start + 14)),
      targetMAC: MACAddress(bytes.big48(start + 18)), target: IPv4Address(bytes.big32(start + 24)))
    guard packet.operation == ARPPacket.request || packet.operation == ARPPacket.reply,
      packet.senderMAC == ethernet.source
    else { throw .arpMalformed }
    return packet
  }

  private static func ipv4(_ bytes: [UInt8]) throws(DropReason) -> (Content, end: Int) {
    let start = EthernetHeader.length
    guard bytes.count >= start + IPv4Header.length else { throw .tooShort }
    guard bytes[start] >> 4 == 4, bytes[start] & 15 >= 5 else { throw .ipHeader }
    guard bytes[start] & 15 == 5 else { throw .ipOptions }
    let total = Int(bytes.big16(start + 2))
    guard total >= IPv4Header.length, start + total <= bytes.count else { throw .ipHeader }
    var checksum = InternetChecksum()
    checksum.add(bytes, in: start..<start + IPv4Header.length)
    guard checksum.value == 0 else { throw .ipChecksum }
    // The reserved bit and "more fragments" must be clear and the offset 0; "don't fragment" may be set.
    guard bytes.big16(start + 6) & ~0x4000 == 0 else { throw .fragment }
    let header = IPv4Header(
      source: IPv4Address(bytes.big32(start + 12)), destination: IPv4Address(bytes.big32(start + 16)),
      protocolNumber: bytes[start + 9], timeToLive: bytes[start + 8], identification: bytes.big16(start + 4))
    guard header.timeToLive > 0 else { throw .ipHeader }
    let body = start + IPv4Header.length..<start + total
    switch header.protocolNumber {
    case IPProtocol.tcp: return (try tcp(bytes, header, body), body.upperBound)
    case IPProtocol.udp: return (try udp(bytes, header, body), body.upperBound)
    case IPProtocol.icmp: return (try echo(bytes, header, body), body.upperBound)
    default: throw .ipProtocol
    }
  }

  private static func udp(
    _ bytes: [UInt8], _ header: IPv4Header, _ body: Range<Int>
  ) throws(DropReason) -> Content {
    let start = body.lowerBound
    guard body.count >= UDPHeader.length, Int(bytes.big16(start + 4)) == body.count else { throw .udpHeader }
    // A checksum of 0 says that the sender made none (RFC 768).
    if bytes.big16(start + 6) != 0 {
      guard segmentChecksum(bytes, header, body) == 0 else { throw .udpChecksum }
    }
    let udp = UDPHeader(sourcePort: bytes.big16(start), destinationPort: bytes.big16(start + 2))
    return .udp(header, udp, payload: start + UDPHeader.length..<body.upperBound)
  }

  private static func echo(
    _ bytes: [UInt8], _ header: IPv4Header, _ body: Range<Int>
  ) throws(DropReason) -> Content {
    let start = body.lowerBound
    guard body.count >= ICMPEcho.length else { throw .icmpType }
    guard bytes[start] == 8 || bytes[start] == 0, bytes[start + 1] == 0 else { throw .icmpType }
    var checksum = InternetChecksum()
    checksum.add(bytes, in: body)
    guard checksum.value == 0 else { throw .icmpChecksum }
    let echo = ICMPEcho(
      isRequest: bytes[start] == 8, identifier: bytes.big16(start + 4), sequence: bytes.big16(start + 6))
    return .echo(header, echo, payload: start + ICMPEcho.length..<body.upperBound)
  }

  /// The checksum of a TCP or UDP body that contains its own: 0 when it is right.
  static func segmentChecksum(_ bytes: [UInt8], _ header: IPv4Header, _ body: Range<Int>) -> UInt16 {
    var checksum = InternetChecksum(
      source: header.source, destination: header.destination, protocolNumber: header.protocolNumber,
      length: body.count)
    checksum.add(bytes, in: body)
    return checksum.value
  }

  /// Lets `Frame+Rewriting.swift` change bytes together with what the headers say.
  mutating func patch(_ change: (inout [UInt8]) -> Void) { change(&bytes) }
}
