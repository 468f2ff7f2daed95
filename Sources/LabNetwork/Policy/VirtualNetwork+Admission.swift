// SPDX-License-Identifier: Apache-2.0

/// What the device's well-formed frames may do. libslirp sees ARP, DHCP, and TCP of connections that the lab has opened;
/// all else is answered here or dropped.
extension VirtualNetwork {
  mutating func admit(_ frame: Frame, at time: UInt64) throws(DropReason) {
    prober.learn(from: frame)
    switch frame.content {
    case .arp(let packet):
      guard packet.sender == .unspecified || NetworkPlan.mayBeDevice(packet.sender) else { throw .arpAddress }
      output.toHost.append(frame)
    case .udp(let ip, let udp, let payload):
      try admit(frame, ip, udp, payload, at: time)
    case .echo(let ip, let echo, let payload):
      guard NetworkPlan.mayBeDevice(ip.source) else { throw .sourceAddress }
      try requireOneDestination(frame)
      guard echo.isRequest else { throw .icmpType }
      let exists = routing.exists(ip.destination)
      tell(.echo(destination: ip.destination, answered: exists), at: time)
      guard exists else { throw .egress }
      let reply = ICMPEcho(isRequest: false, identifier: echo.identifier, sequence: echo.sequence)
      output.toDevice.append(
        Frame.echo(
          from: frame.ethernet.destination, to: frame.ethernet.source,
          IPv4Header(source: ip.destination, destination: ip.source, protocolNumber: IPProtocol.icmp), reply,
          payload: Array(frame.bytes[payload])))
    case .tcp(let ip, let tcp, let payload):
      guard NetworkPlan.mayBeDevice(ip.source) else { throw .sourceAddress }
      try requireOneDestination(frame)
      if let probed = prober.answer(tcp, to: ip.destination, from: frame.ethernet.source) {
        tell(.probed(port: probed.port, answer: probed.answer), at: time)
        if let reply = probed.reply { output.toDevice.append(reply) }
        return
      }
      try admit(frame, ip, tcp, payloadLength: payload.count, at: time)
    }
  }

  /// A host does not answer what went to a group of hosts: its own address would be the group's (RFC 1122, 3.3.6).
  private func requireOneDestination(_ frame: Frame) throws(DropReason) {
    if frame.ethernet.destination.isGroup { throw .ethernetDestination }
  }

  private mutating func admit(
    _ frame: Frame, _ ip: IPv4Header, _ udp: UDPHeader, _ payload: Range<Int>, at time: UInt64
  ) throws(DropReason) {
    if udp.destinationPort == DHCPMessage.serverPort {
      guard let message = DHCPMessage(frame.bytes, in: payload), message.isRequest,
        message.client == frame.ethernet.source, udp.sourcePort == DHCPMessage.clientPort
      else { throw .dhcpMalformed }
      guard ip.source == .unspecified || NetworkPlan.mayBeDevice(ip.source) else { throw .sourceAddress }
      guard ip.destination == .broadcast || ip.destination == NetworkPlan.host else { throw .egress }
      // Only a client without an address asks so; a renewal does not (RFC 2131, 4.4).
      if message.kind == .discover { deviceStarted() }
      output.toHost.append(frame)
      return
    }
    guard NetworkPlan.mayBeDevice(ip.source) else { throw .sourceAddress }
    guard udp.destinationPort == DNSQuery.port else {
      tell(
        .datagram(
          source: Endpoint(ip.source, udp.sourcePort), destination: Endpoint(ip.destination, udp.destinationPort),
          payloadLength: payload.count), at: time)
      throw .egress
    }
    try requireOneDestination(frame)
    // Whatever server the device asks: this network has one view of the names.
    guard let query = DNSQuery(frame.bytes, in: payload) else { throw .dnsMalformed }
    guard !loses(frame) else { throw .lost }
    let answer = routing.answer(for: query.name)
    tell(
      .dnsQuery(DNSExchange(name: query.name, type: query.type, server: ip.destination, answer: answer)), at: time)
    let reply: [UInt8]
    switch answer {
    case .addresses(let addresses): reply = query.answer(addresses)
    case .nxdomain: reply = query.noSuchName
    case .silent: throw .silenced
    }
    sendToDevice(
      Frame.udp(
        from: frame.ethernet.destination, to: frame.ethernet.source,
        IPv4Header(source: ip.destination, destination: ip.source, protocolNumber: IPProtocol.udp),
        UDPHeader(sourcePort: udp.destinationPort, destinationPort: udp.sourcePort), payload: reply), isReply: true,
      at: time)
  }

  private mutating func admit(
    _ frame: Frame, _ ip: IPv4Header, _ tcp: TCPHeader, payloadLength: Int, at time: UInt64
  ) throws(DropReason) {
    let peer = Endpoint(ip.destination, tcp.destinationPort)
    let id = ConnectionID(device: Endpoint(ip.source, tcp.sourcePort), peer: peer)
    guard !loses(frame) else {
      observe(frame, fate: .lost, at: time)
      connections.lost(id)
      throw .lost
    }
    if tcp.flags.contains(.syn), !tcp.flags.contains(.ack) {
      try open(frame, tcp, id, at: time)
      return
    }
    switch connections.admit(id, tcp, payloadLength: payloadLength, at: time) {
    case .passes(let target):
      observe(frame, fate: .passed, at: time)
      sendToHost(target == peer ? frame : frame.redirected(to: target), at: time)
    case .exceedsWindow(let target):
      observe(frame, fate: .passed, at: time)
      sendToHost(frame.withoutData.redirected(to: target), at: time)
      answerExcess(id, at: time)
    case .vanished:
      observe(frame, fate: .vanished, at: time)
      throw .vanished
    case .outOfOrder:
      observe(frame, fate: .vanished, at: time)
      throw .outOfOrder
    case .unknown:
      let answers = !tcp.flags.contains(.rst) && routing.exists(peer.address)
      observe(frame, fate: answers ? .refused : .vanished, at: time)
      guard answers else { throw .unknownConnection }
      refuse(frame, at: time)
    }
  }

  /// Decides about a SYN of the device.
  private mutating func open(
    _ frame: Frame, _ syn: TCPHeader, _ id: ConnectionID, at time: UInt64
  ) throws(DropReason) {
    guard !connections.hasVanished(id, syn: syn) else {
      observe(frame, fate: .vanished, at: time)
      throw .vanished
    }
    switch routing.decision(for: id, sequence: syn.sequence) {
    case .peer(let target):
      guard hostConnections < VirtualNetwork.hostConnectionLimit else {
        observe(frame, fate: .vanished, at: time)
        throw .tooManyConnections
      }
      guard connections.open(id, target: target, syn: syn, at: time) else {
        observe(frame, fate: .vanished, at: time)
        throw .ambiguousConnection
      }
      observe(frame, fate: .passed, at: time)
      sendToHost(target == id.peer ? frame : frame.redirected(to: target), at: time)
    case .refused:
      observe(frame, fate: .refused, at: time)
      refuse(frame, at: time)
    case .silent:
      observe(frame, fate: .vanished, at: time)
      throw .silenced
    case .closed:
      observe(frame, fate: .vanished, at: time)
      throw .egress
    }
  }

  /// Answers a segment as a host without such a connection does (RFC 9293, 3.5.2).
  private mutating func refuse(_ frame: Frame, at time: UInt64) {
    guard case .tcp(let ip, let tcp, let payload) = frame.content else { return }
    var reset = TCPHeader(
      sourcePort: tcp.destinationPort, destinationPort: tcp.sourcePort, sequence: 0, flags: .rst)
    if tcp.flags.contains(.ack) {
      reset.sequence = tcp.acknowledgement
    } else {
      reset.flags = [.rst, .ack]
      reset.acknowledgement = tcp.sequence &+ UInt32(payload.count) &+ (tcp.flags.contains(.syn) ? 1 : 0)
    }
    sendToDevice(
      Frame.tcp(
        from: frame.ethernet.destination, to: frame.ethernet.source,
        IPv4Header(source: ip.destination, destination: ip.source, protocolNumber: IPProtocol.tcp), reset),
      isReply: true, at: time)
  }
}

extension Frame {
  /// A short account for people.
  package var summary: String {
    switch content {
    case .arp(let packet): "ARP \(packet.sender) > \(packet.target)"
    case .tcp(let ip, let tcp, _):
      "TCP \(tcp.flags) \(Endpoint(ip.source, tcp.sourcePort)) > \(Endpoint(ip.destination, tcp.destinationPort))"
    case .udp(let ip, let udp, _):
      "UDP \(Endpoint(ip.source, udp.sourcePort)) > \(Endpoint(ip.destination, udp.destinationPort))"
    case .echo(let ip, _, _): "ICMP echo \(ip.source) > \(ip.destination)"
    }
  }
}
