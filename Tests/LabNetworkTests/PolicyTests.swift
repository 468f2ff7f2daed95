// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

@Suite struct PolicyTests {
  private static let tcpbin = IPv4Address(52, 203, 83, 192)

  private func network(_ configure: (inout RoutingTable) -> Void = { _ in }) -> VirtualNetwork {
    var network = VirtualNetwork()
    configure(&network.routing)
    return network
  }

  private func output(_ network: inout VirtualNetwork, _ frame: Frame) -> VirtualNetwork.Output {
    network.receive(fromDevice: frame.bytes, at: 1)
    return network.takeOutput()
  }

  private func fate(_ output: VirtualNetwork.Output) -> TCPSegment.Fate? {
    output.reports.lazy.compactMap { report in
      if case .segment(let segment) = report.event { segment.fate } else { nil }
    }.first
  }

  @Test func routesGoByAddressFirst() {
    let network = network { routing in
      routing.route(address: nil, port: 80, .silent)
      routing.route(address: Self.tcpbin, port: 80, .peer(hostPort: 1234))
      routing.declare("x", .addresses([IPv4Address(9, 9, 9, 9)]))
    }
    var routing = network.routing
    let device = Endpoint(NetworkPlan.device, 50_000)
    let decide = { (address: IPv4Address, port: UInt16) in
      routing.decision(for: ConnectionID(device: device, peer: Endpoint(address, port)), sequence: 1)
    }
    #expect(decide(Self.tcpbin, 80) == .peer(Endpoint(NetworkPlan.host, 1234)))
    #expect(decide(Self.tcpbin, 81) == .closed)
    #expect(decide(IPv4Address(8, 8, 8, 8), 80) == .silent)
    #expect(decide(IPv4Address(9, 9, 9, 9), 81) == .refused)
    #expect(decide(NetworkPlan.host, 22) == .refused)
    #expect(decide(NetworkPlan.nameServer, 53) == .refused)
    for address in [
      IPv4Address(127, 0, 0, 1), .broadcast, .unspecified, IPv4Address(10, 0, 2, 255), IPv4Address(10, 0, 2, 16),
      IPv4Address(224, 0, 0, 1),
    ] { #expect(decide(address, 80) == .closed, "\(address)") }
  }

  @Test func declaringAgainReplaces() {
    var network = network { $0.declare("a.", .addresses([Self.tcpbin])) }
    network.routing.declare("b", .addresses([Self.tcpbin]))
    network.routing.declare("A", .nxdomain)
    #expect(network.routing.answer(for: "a") == .nxdomain)
    #expect(network.routing.exists(Self.tcpbin))
    network.routing.declare("b", .silent)
    #expect(!network.routing.exists(Self.tcpbin))
  }

  @Test func rewritesThereAndBack() throws {
    var network = network { $0.route(address: Self.tcpbin, port: 4242, .peer(hostPort: 5000)) }
    let dialled = Endpoint(Self.tcpbin, 4242)
    let there = output(&network, Samples.tcp(device: 50_000, peer: dialled, .syn))
    #expect(there.toHost == [Samples.tcp(device: 50_000, peer: Endpoint(NetworkPlan.host, 5000), .syn)])
    #expect(fate(there) == .passed)
    network.receive(
      fromHost: Samples.tcp(.toDevice, device: 50_000, peer: Endpoint(NetworkPlan.host, 5000), [.syn, .ack]).bytes,
      at: 2)
    let back = network.takeOutput()
    #expect(back.toDevice == [Samples.tcp(.toDevice, device: 50_000, peer: dialled, [.syn, .ack])])
    // What other sockets of libslirp send stays as it is.
    let forwarded = Samples.tcp(.toDevice, device: 80, peer: Endpoint(NetworkPlan.host, 5000), .syn)
    network.receive(fromHost: forwarded.bytes, at: 3)
    #expect(network.takeOutput().toDevice == [forwarded])
  }

  @Test func twoDestinationsOfOnePortAreToldApart() {
    var network = network { $0.route(address: nil, port: 80, .peer(hostPort: 5000)) }
    let first = Endpoint(IPv4Address(1, 1, 1, 1), 80)
    let second = Endpoint(IPv4Address(2, 2, 2, 2), 80)
    #expect(output(&network, Samples.tcp(device: 50_000, peer: first, .syn)).toHost.count == 1)
    let collision = output(&network, Samples.tcp(device: 50_000, peer: second, .syn))
    #expect(collision.toHost.isEmpty)
    #expect(fate(collision) == .vanished)
    #expect(output(&network, Samples.tcp(device: 50_001, peer: second, .syn)).toHost.count == 1)
    #expect(output(&network, Samples.tcp(device: 50_000, peer: first, .rst)).toHost.count == 1)
    #expect(output(&network, Samples.tcp(device: 50_000, peer: second, .syn)).toHost.count == 1)
  }

  @Test func connectionsThatNobodyKnows() {
    var network = network()
    let stray = output(&network, Samples.tcp([.ack], sequence: 5, acknowledgement: 77, payload: [1]))
    #expect(stray.toHost.isEmpty)
    #expect(fate(stray) == .refused)
    let expected = Samples.tcp(.toDevice, .rst, sequence: 77, window: 0)
    #expect(stray.toDevice == [expected])
    #expect(output(&network, Samples.tcp(.rst)).toDevice.isEmpty)
    #expect(output(&network, Samples.tcp(peer: Endpoint(IPv4Address(8, 8, 8, 8), 80), [.ack])).toDevice.isEmpty)
    // libslirp's own SYN makes it known.
    network.receive(fromHost: Samples.tcp(.toDevice, .syn).bytes, at: 1)
    _ = network.takeOutput()
    #expect(output(&network, Samples.tcp([.syn, .ack])).toHost.count == 1)
  }

  @Test func gapsDoNotPass() {
    var network = network { $0.route(address: NetworkPlan.host, port: 7, .peer(hostPort: 7)) }
    let peer = Endpoint(NetworkPlan.host, 7)
    let start: UInt32 = 0xffff_fff0
    let segment = { (flags: TCPFlags, offset: UInt32, count: Int) in
      Samples.tcp(peer: peer, flags, sequence: start &+ offset, payload: [UInt8](repeating: 1, count: count))
    }
    let host = { (network: inout VirtualNetwork, flags: TCPFlags, acknowledged: UInt32, window: UInt16) in
      let frame = Samples.tcp(
        .toDevice, peer: peer, flags, acknowledgement: start &+ acknowledged, window: window)
      network.receive(fromHost: frame.bytes, at: 1)
      _ = network.takeOutput()
    }
    #expect(output(&network, segment(.syn, 0, 0)).toHost.count == 1)
    // Nothing has been offered yet: what comes now is passed on, and cut off by libslirp, but does not count.
    #expect(output(&network, segment(.ack, 1, 10)).toHost.count == 1)
    #expect(output(&network, segment(.ack, 11, 10)).toHost.isEmpty)
    host(&network, [.syn, .ack], 1, 100)
    #expect(output(&network, segment(.ack, 2, 1)).toHost.isEmpty)
    #expect(output(&network, segment(.ack, 1, 60)).toHost.count == 1)
    #expect(output(&network, segment(.ack, 1, 60)).toHost.count == 1)
    #expect(output(&network, segment(.ack, 61, 60)).toHost.count == 1)
    // The window ended at 101.
    #expect(output(&network, segment(.ack, 102, 1)).toHost.isEmpty)
    #expect(output(&network, segment([.fin, .ack], 121, 0)).toHost.isEmpty)
    #expect(fate(output(&network, segment(.ack, 121, 1))) == .vanished)
    #expect(output(&network, segment(.ack, 500, 0)).toHost.count == 1)
    // libslirp may take more than it has offered, and says so.
    host(&network, .ack, 121, 0)
    #expect(output(&network, segment(.ack, 121, 1)).toHost.count == 1)
    #expect(output(&network, segment(.ack, 122, 1)).toHost.isEmpty)
    host(&network, .ack, 122, 50)
    #expect(output(&network, segment([.fin, .ack], 122, 5)).toHost.count == 1)
    #expect(network.currentStatistics.dropped == ["outOfOrder": 6])
  }

  @Test func libslirpHoldsOnlySoMany() {
    var network = network { $0.route(address: NetworkPlan.host, port: 7, .peer(hostPort: 7)) }
    network.hostConnections = VirtualNetwork.hostConnectionLimit
    let result = output(&network, Samples.tcp(peer: Endpoint(NetworkPlan.host, 7), .syn))
    #expect(result.toHost.isEmpty)
    #expect(network.currentStatistics.dropped == ["tooManyConnections": 1])
  }

  @Test func addressesThatAreNotTheDevices() {
    var network = network()
    for source in [
      NetworkPlan.host, NetworkPlan.nameServer, .unspecified, IPv4Address(10, 0, 2, 255), IPv4Address(1, 2, 3, 4),
    ] {
      let ip = IPv4Header(source: source, destination: NetworkPlan.nameServer, protocolNumber: 17)
      let query = DNSQuery(identifier: 1, name: "a").bytes
      let frame = Frame.udp(
        from: Samples.mac, to: Samples.gateway, ip, UDPHeader(sourcePort: 9, destinationPort: 53), payload: query)
      #expect(output(&network, frame).toDevice.isEmpty)
    }
    #expect(network.currentStatistics.dropped == ["sourceAddress": 5])
    let claim = ARPPacket(
      operation: 2, senderMAC: Samples.mac, sender: NetworkPlan.host, targetMAC: Samples.gateway,
      target: NetworkPlan.host)
    #expect(output(&network, .arp(claim)).toHost.isEmpty)
    let probe = ARPPacket(
      operation: 1, senderMAC: Samples.mac, sender: .unspecified, targetMAC: MACAddress(0), target: NetworkPlan.device)
    #expect(output(&network, .arp(probe)).toHost.count == 1)
  }

  /// The answer would have to come from a group address (RFC 1122, 3.3.6: such a datagram is discarded).
  @Test func whatGoesToEveryoneIsNotAnswered() {
    var network = network { $0.declare("a", .addresses([Self.tcpbin])) }
    func header(_ number: UInt8) -> IPv4Header {
      IPv4Header(source: NetworkPlan.device, destination: NetworkPlan.host, protocolNumber: number)
    }
    let query = DNSQuery(identifier: 1, name: "a").bytes
    let tcp = TCPHeader(
      sourcePort: 50_000, destinationPort: 80, sequence: 1, acknowledgement: 0, flags: .syn, window: 5760)
    for frame in [
      Frame.udp(
        from: Samples.mac, to: .broadcast, header(IPProtocol.udp), UDPHeader(sourcePort: 50_000, destinationPort: 53),
        payload: query),
      .echo(
        from: Samples.mac, to: .broadcast, header(IPProtocol.icmp),
        ICMPEcho(isRequest: true, identifier: 1, sequence: 2), payload: []),
      .tcp(from: Samples.mac, to: MACAddress(0x0100_5e00_0001), header(IPProtocol.tcp), tcp),
    ] {
      let result = output(&network, frame)
      #expect(result.toDevice.isEmpty && result.toHost.isEmpty)
    }
    #expect(network.currentStatistics.dropped == ["ethernetDestination": 3])
  }

  @Test func pings() throws {
    var network = network { $0.declare("tcpbin.com", .addresses([Self.tcpbin])) }
    for (destination, answered) in [(Self.tcpbin, true), (NetworkPlan.host, true), (IPv4Address(8, 8, 8, 8), false)] {
      let ip = IPv4Header(source: NetworkPlan.device, destination: destination, protocolNumber: 1)
      let request = ICMPEcho(isRequest: true, identifier: 1, sequence: 2)
      let result = output(
        &network, .echo(from: Samples.mac, to: Samples.gateway, ip, request, payload: [1, 2, 3]))
      #expect(result.toHost.isEmpty)
      #expect(result.reports.first?.event == .echo(destination: destination, answered: answered))
      guard answered else {
        #expect(result.toDevice.isEmpty)
        continue
      }
      guard case .echo(let back, let echo, let payload)? = result.toDevice.first?.content else {
        Issue.record("no reply")
        continue
      }
      #expect(back.source == destination)
      #expect(echo == ICMPEcho(isRequest: false, identifier: 1, sequence: 2))
      #expect(payload.count == 3)
    }
  }

  @Test(arguments: [
    Impairment(), Impairment(delay: 3_000_000, lossPercent: 10, reorderPercent: 20, seed: 1), Impairment(delay: .max),
  ]) func nothingThatIsNotOpenedReachesLibslirp(_ impairment: Impairment) throws {
    var random = Samples.Generator(state: 99)
    var network = network {
      $0.declare("tcpbin.com", .addresses([Self.tcpbin]))
      $0.route(address: Self.tcpbin, port: 4242, .afterAttempts(3, first: .refused, then: 5000))
    }
    network.impair(impairment)
    network.limitWindow(.guestPort(3333), to: 100, at: 0)
    network.receive(fromHost: Samples.tcp(.toDevice, .syn).bytes, at: 1)
    let lease = DHCPMessage(isRequest: true, kind: .discover, transaction: 1, client: Samples.mac).bytes
    let seeds =
      Samples.all + [
        Samples.tcp(device: 50_000, peer: Endpoint(Self.tcpbin, 4242), .syn).bytes,
        Samples.tcp([.psh, .ack], payload: [1, 2, 3]).bytes,
        Frame.udp(
          from: Samples.mac, to: .broadcast,
          IPv4Header(source: .unspecified, destination: .broadcast, protocolNumber: 17),
          UDPHeader(sourcePort: 68, destinationPort: 67), payload: lease
        ).bytes,
      ]
    var passed = 0
    for time in 0..<7000 as Range<UInt64> {
      var bytes = seeds.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random), bytes.count > 54 { bytes = mended(bytes) }
      network.receive(fromDevice: bytes, at: time * 1_000_000)
      network.tick(at: time * 1_000_000)
      _ = network.inFlight(at: time * 1_000_000) + network.unacknowledged
      for frame in network.takeOutput().toHost {
        passed += 1
        #expect(try Frame(frame.bytes) == frame)
        switch frame.content {
        case .arp(let packet): #expect(packet.sender == .unspecified || NetworkPlan.mayBeDevice(packet.sender))
        case .udp(_, let udp, _): #expect(udp.destinationPort == 67)
        case .echo: Issue.record("an echo request reached libslirp")
        case .tcp(let ip, let tcp, _):
          #expect(ip.destination == NetworkPlan.host)
          #expect([5000, 40_000].contains(tcp.destinationPort))
          #expect(NetworkPlan.mayBeDevice(ip.source))
        }
      }
    }
    #expect(passed > (impairment.delay == .max ? 0 : 350))
    let statistics = network.currentStatistics
    #expect(statistics.dropped.values.reduce(0, +) <= statistics.framesFromDevice)
  }

  /// Makes the checksums right again, so that mutations get past them.
  private func mended(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes.put16(0, at: 24)
    var ip = InternetChecksum()
    ip.add(bytes, in: 14..<34)
    bytes.put16(ip.value, at: 24)
    guard bytes[23] == 6 || bytes[23] == 17 else { return bytes }
    let offset = bytes[23] == 6 ? 50 : 40
    bytes.put16(0, at: offset)
    var body = InternetChecksum(
      source: IPv4Address(bytes.big32(26)), destination: IPv4Address(bytes.big32(30)), protocolNumber: bytes[23],
      length: bytes.count - 34)
    body.add(bytes, in: 34..<bytes.count)
    bytes.put16(body.value, at: offset)
    return bytes
  }
}
