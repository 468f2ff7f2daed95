// SPDX-License-Identifier: Apache-2.0

import Glibc

@testable import LabNetwork

/// A device made of frames: as much of ARP, DHCP, DNS and TCP as the tests need, on QEMU's end of the stream socket.
final class FakeGuest {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  let socket: TestSocket
  let mac = MACAddress(0x0200_0000_0015)
  let gateway = MACAddress.ofNetwork(NetworkPlan.host)
  var address = NetworkPlan.device
  private var decoder = FrameStreamDecoder()
  private var waiting: [Frame] = []

  init(_ rig: NetworkRig) throws {
    socket = try TestSocket.unixClient(to: rig.guestSocket)
    try rig.wait("guestConnected") { $0 == .guestConnected ? true : nil }
  }

  func send(_ frame: Frame) throws { try send(frame.padded) }

  func send(_ bytes: [UInt8]) throws { try socket.write(FrameStreamDecoder.encode(bytes)) }

  /// Whether the process takes more within so many milliseconds.
  func isWritable(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: socket.descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// Waits for the first frame that the closure takes; frames before it are lost, but for ARP requests, which are answered.
  func receive<Value>(_ what: String, _ take: (Frame) -> Value?) throws -> Value {
    while true {
      while !waiting.isEmpty {
        let frame = waiting.removeFirst()
        try answerARP(frame)
        if let value = take(frame) { return value }
      }
      do {
        try read(within: TestSocket.patience)
      } catch {
        throw Failure(description: "waited for \(what): \(error)")
      }
    }
  }

  /// Whether a frame that the closure takes comes within so many milliseconds.
  func hears(within milliseconds: Int32, _ take: (Frame) -> Bool) throws -> Bool {
    while try socket.isReadable(within: milliseconds) {
      try read(within: 0)
      while !waiting.isEmpty {
        if take(waiting.removeFirst()) { return true }
      }
    }
    return false
  }

  private func read(within milliseconds: Int32) throws {
    let bytes = try socket.read(within: milliseconds)
    guard !bytes.isEmpty else { throw Failure(description: "the process has closed the socket") }
    decoder.append(bytes)
    while let frame = try decoder.next() { waiting.append(try Frame(frame)) }
  }

  private func answerARP(_ frame: Frame) throws {
    guard case .arp(let request) = frame.content, request.operation == ARPPacket.request,
      request.target == address
    else { return }
    try send(
      .arp(
        ARPPacket(
          operation: ARPPacket.reply, senderMAC: mac, sender: address, targetMAC: request.senderMAC,
          target: request.sender)))
  }

  /// Asks who has the gateway's address, as lwIP does before its first packet.
  func resolveGateway() throws -> MACAddress {
    try send(
      .arp(
        ARPPacket(
          operation: ARPPacket.request, senderMAC: mac, sender: address, targetMAC: MACAddress(0),
          target: NetworkPlan.host)))
    return try receive("the gateway's ARP reply") { frame in
      guard case .arp(let reply) = frame.content, reply.operation == ARPPacket.reply else { return nil }
      return reply.senderMAC
    }
  }

  /// DISCOVER, OFFER, REQUEST, ACK, and the announcement as lwIP makes it.
  func takeAddress() throws {
    try send(dhcp(.discover))
    let offer = try receiveDHCP(.offer)
    try send(dhcp(.request, requesting: offer.assigned))
    address = try receiveDHCP(.acknowledge).assigned
    try send(announcement(of: address, from: address))
  }

  /// Asks who has an address: before it is taken (RFC 5227, a probe, without an address of one's own), and when it is.
  func announcement(of address: IPv4Address, from sender: IPv4Address) -> Frame {
    .arp(
      ARPPacket(
        operation: ARPPacket.request, senderMAC: mac, sender: sender, targetMAC: MACAddress(0), target: address))
  }

  func dhcp(_ kind: DHCPMessage.Kind, requesting address: IPv4Address? = nil) -> Frame {
    var message = DHCPMessage(isRequest: true, kind: kind, transaction: 0x1234_5678, client: mac)
    message.requested = address
    return .udp(
      from: mac, to: .broadcast,
      IPv4Header(source: .unspecified, destination: .broadcast, protocolNumber: IPProtocol.udp),
      UDPHeader(sourcePort: DHCPMessage.clientPort, destinationPort: DHCPMessage.serverPort), payload: message.bytes)
  }

  func receiveDHCP(_ kind: DHCPMessage.Kind) throws -> DHCPMessage {
    try receive("DHCP \(kind)") { frame in
      guard case .udp(_, let udp, let payload) = frame.content, udp.destinationPort == DHCPMessage.clientPort,
        let message = DHCPMessage(frame.bytes, in: payload), message.kind == kind
      else { return nil }
      return message
    }
  }

  func udp(from port: UInt16, to destination: Endpoint, _ payload: [UInt8]) -> Frame {
    .udp(
      from: mac, to: gateway,
      IPv4Header(source: address, destination: destination.address, protocolNumber: IPProtocol.udp),
      UDPHeader(sourcePort: port, destinationPort: destination.port), payload: payload)
  }

  /// Asks the name server.
  /// - Returns: the whole answer.
  func ask(_ query: DNSQuery, server: IPv4Address = NetworkPlan.nameServer) throws -> [UInt8] {
    try send(udp(from: 50_053, to: Endpoint(server, 53), query.bytes))
    return try receive("a DNS answer") { frame in
      guard case .udp(let ip, let udp, let payload) = frame.content, udp.sourcePort == 53, ip.source == server,
        udp.destinationPort == 50_053
      else { return nil }
      return Array(frame.bytes[payload])
    }
  }
}
