// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LabNetwork

/// What the lab does to the network, through the process and libslirp.
@Suite struct SteeringProcessTests {
  private static let tcpbin = Endpoint(IPv4Address(45, 79, 112, 203), 4242)

  private func start() throws -> (NetworkRig, FakeGuest) {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    return (rig, guest)
  }

  private func attempt(_ rig: NetworkRig) throws -> ConnectionAttempt {
    try rig.wait("an attempt") { if case .attempt(let attempt) = $0 { attempt } else { nil } }
  }

  @Test func aGateOpens() throws {
    let (rig, guest) = try start()
    let server = try TestSocket.loopback()
    try rig.send(.dns(name: "tcpbin.com", answer: .addresses([Self.tcpbin.address])))
    try rig.send(.route(address: nil, port: 4242, target: .afterAttempts(2, first: .refused, then: server.port)))
    _ = try rig.synchronize()
    for port in [50_000, 50_001] as [UInt16] {
      let refused = FakeConnection(guest, local: port, remote: Self.tcpbin)
      try refused.send(.syn)
      _ = try refused.receive("RST") { $0.tcp.flags == [.rst, .ack] }
      #expect(try attempt(rig).fate == .refused)
    }
    let connection = FakeConnection(guest, local: 50_002, remote: Self.tcpbin)
    try connection.open()
    _ = try server.accept()
    let third = try attempt(rig)
    #expect(third.number == 3)
    #expect(third.fate == .passed)
    #expect(third.id == ConnectionID(device: Endpoint(guest.address, 50_002), peer: Self.tcpbin))

    // What is open stays open; what comes later is refused.
    try rig.send(.unroute(address: nil, port: 4242))
    _ = try rig.synchronize()
    try connection.send([.psh, .ack], [1])
    _ = try connection.receive("acknowledgement") { $0.tcp.acknowledgement == connection.sequence }
    let late = FakeConnection(guest, local: 50_003, remote: Self.tcpbin)
    try late.send(.syn)
    _ = try late.receive("RST") { $0.tcp.flags == [.rst, .ack] }
  }

  @Test func namesChange() throws {
    let (rig, guest) = try start()
    for answer in [.addresses([Self.tcpbin.address]), .nxdomain, .addresses([NetworkPlan.host])] as [DNSAnswer] {
      try rig.send(.dns(name: "tcpbin.com", answer: answer))
      _ = try rig.synchronize()
      let bytes = try guest.ask(DNSQuery(identifier: 7, name: "tcpbin.com"))
      #expect(bytes.big16(2) == (answer == .nxdomain ? 0x8183 : 0x8180))
      if case .addresses(let addresses) = answer {
        #expect(bytes.big32(bytes.count - 4) == addresses[0].value)
        // Not to be remembered.
        #expect(bytes.big32(bytes.count - 10) == 0)
      }
    }
    try rig.send(.forgetNames)
    _ = try rig.synchronize()
    #expect(try guest.ask(DNSQuery(identifier: 7, name: "tcpbin.com")).big16(2) == 0x8183)
  }

  /// A peer that offers little and stops reading; the device fills its window, probes it, and goes on.
  @Test func aWindowClosesAndOpens() throws {
    let (rig, guest) = try start()
    let server = try TestSocket.loopback()
    try rig.send(.route(address: nil, port: 4242, target: .peer(hostPort: server.port)))
    try rig.send(.window(.hostPort(server.port), limit: 1024))
    _ = try rig.synchronize()
    let connection = FakeConnection(guest, local: 50_000, remote: Self.tcpbin)
    try connection.send(.syn)
    let answer = try connection.receive("SYN,ACK") { $0.tcp.flags == [.syn, .ack] }
    #expect(answer.tcp.window == 1024)
    connection.acknowledgement = answer.tcp.sequence &+ 1
    try connection.send(.ack)
    let accepted = try server.accept()
    let id = ConnectionID(device: Endpoint(guest.address, 50_000), peer: Self.tcpbin)

    try rig.send(.reading(connection: id, paused: true))
    _ = try rig.synchronize()
    try connection.send([.psh, .ack], [UInt8](repeating: 1, count: 1000))
    let almost = try connection.receive("window of 24") { $0.tcp.acknowledgement == connection.sequence }
    #expect(almost.tcp.window == 24)
    try connection.send([.psh, .ack], [UInt8](repeating: 2, count: 24))
    let closed = try connection.receive("closed window") { $0.tcp.acknowledgement == connection.sequence }
    #expect(closed.tcp.window == 0)
    // The probe is answered and its byte not taken.
    let edge = connection.sequence
    try connection.send(.ack, [3])
    let answered = try connection.receive("answer to the probe")
    #expect(answered.tcp.acknowledgement == edge)
    #expect(answered.tcp.window == 0)

    try rig.send(.reading(connection: id, paused: false))
    let opened = try connection.receive("window update")
    #expect(opened.tcp.flags == .ack)
    #expect(opened.tcp.window == 1024)
    #expect(opened.tcp.sequence == connection.acknowledgement)
    connection.sequence = edge
    try connection.send([.psh, .ack], [3, 4])
    let bytes = try accepted.read(count: 1026)
    #expect(bytes.suffix(3) == [2, 3, 4])
    // And libslirp itself agrees with all this.
    try accepted.write([9])
    #expect(try connection.receiveData(count: 1) == [9])
    try rig.send(.forgetWindows)
    #expect(try connection.receive("window update").tcp.window > 1024)
  }

  @Test func aClientWithASmallWindow() throws {
    let (rig, guest) = try start()
    try rig.send(.window(.guestPort(3333), limit: 536))
    let client = try TestSocket.loopback(connectingTo: try rig.forward(3333))
    let syn = try guest.receive("SYN") { frame -> TCPHeader? in
      guard case .tcp(_, let tcp, _) = frame.content, tcp.flags == .syn else { return nil }
      return tcp
    }
    #expect(syn.window == 536)
    #expect(syn.sourcePort == client.port)
    #expect(try rig.waitForSegment("SYN") { $0.flags == .syn }.window == 536)
  }

  @Test func aConnectionVanishes() throws {
    let (rig, guest) = try start()
    let hostPort = try rig.forward(80)
    let client = try TestSocket.loopback(connectingTo: hostPort)
    let server = try FakeConnection.accept(guest, port: 80)
    _ = try server.receive("the handshake's end") { $0.tcp.flags == .ack }
    let id = ConnectionID(device: Endpoint(guest.address, 80), peer: server.remote)
    try rig.send(.vanish(connection: id))
    _ = try rig.synchronize()
    try client.write([1])
    try server.send([.psh, .ack], [2])
    let vanished = try rig.waitForSegment("the device's byte") { $0.id == id && $0.payloadLength == 1 }
    #expect(vanished.direction == .fromDevice)
    #expect(vanished.fate == .vanished)
    #expect(try client.isReadable(within: 50) == false)
    #expect(try guest.hears(within: 50) { $0.belongs(to: id) } == false)
    // Others go on.
    let other = try TestSocket.loopback(connectingTo: hostPort)
    let second = try FakeConnection.accept(guest, port: 80)
    try other.write([3])
    #expect(try second.receiveData(count: 1) == [3])
  }

  @Test func delayIsThereAndBack() throws {
    let (rig, guest) = try start()
    try rig.send(.dns(name: "x", answer: .nxdomain))
    try rig.send(.impair(Impairment(delay: 40_000_000)))
    _ = try rig.synchronize()
    let start = ContinuousClock.now
    _ = try guest.ask(DNSQuery(identifier: 1, name: "x"))
    #expect(ContinuousClock.now - start >= .milliseconds(80))
    // What is held back is under way.
    try rig.send(.impair(Impairment(delay: 10_000_000_000)))
    _ = try rig.synchronize()
    try guest.send(
      guest.udp(from: 9, to: Endpoint(NetworkPlan.nameServer, 53), DNSQuery(identifier: 2, name: "x").bytes))
    #expect(try rig.synchronize().inFlight == 1)
    try rig.send(.impair(Impairment()))
    _ = try guest.receive("the answer") { if case .udp = $0.content { true } else { nil } }
    #expect(try rig.synchronize().inFlight == 0)
  }

  /// A device that sends again what got lost gets everything to the peer, and the other way round.
  @Test(arguments: [
    Impairment(lossPercent: 20, seed: 7), Impairment(reorderPercent: 40, seed: 7),
    Impairment(delay: 2_000_000, lossPercent: 10, reorderPercent: 20, seed: 3),
  ]) func everythingArrivesInTheEnd(_ impairment: Impairment) throws {
    let (rig, guest) = try start()
    let server = try TestSocket.loopback()
    try rig.send(.route(address: nil, port: 4242, target: .peer(hostPort: server.port)))
    let connection = FakeConnection(guest, local: 50_000, remote: Self.tcpbin)
    _ = try rig.synchronize()
    try connection.open()
    let accepted = try server.accept()
    try rig.send(.impair(impairment))
    _ = try rig.synchronize()

    let sent = (0..<40).map { [UInt8](repeating: $0, count: 100) }
    let start = connection.sequence
    var acknowledged = start
    var rounds = 0
    while acknowledged != start &+ 4000, rounds < 200 {
      rounds += 1
      // Four segments at a time, as the device's send buffer holds them.
      let first = Int(acknowledged &- start) / 100
      for (number, piece) in sent.enumerated().dropFirst(first).prefix(4) {
        connection.sequence = start &+ UInt32(number * 100)
        try connection.send([.psh, .ack], piece)
      }
      _ = try guest.hears(within: 60) { frame in
        guard case .tcp(_, let tcp, _) = frame.content, tcp.destinationPort == 50_000 else { return false }
        if tcp.acknowledgement.isAfter(acknowledged) { acknowledged = tcp.acknowledgement }
        return acknowledged == start &+ UInt32(min(first + 4, 40) * 100)
      }
    }
    #expect(try accepted.read(count: 4000) == sent.flatMap(\.self))
    let dropped = try rig.statistics().dropped
    #expect((dropped["lost", default: 0] > 0) == (impairment.lossPercent > 0))
  }

  /// Everything that came before the request is told before the answer.
  @Test func synchronization() throws {
    let (rig, guest) = try start()
    let client = try TestSocket.loopback(connectingTo: try rig.forward(80))
    let server = try FakeConnection.accept(guest, port: 80)
    _ = try rig.waitForSegment("the handshake's end") { $0.flags == .ack }
    for number in 1...50 {
      try server.send([.psh, .ack], [UInt8](repeating: 1, count: number))
      try client.write([UInt8](repeating: 2, count: number))
      let answer = try rig.synchronize()
      let segments = rig.reports.compactMap { if case .segment(let segment) = $0.event { segment } else { nil } }
      #expect(segments.contains { $0.direction == .fromDevice && $0.payloadLength == number })
      #expect(segments.contains { $0.direction == .toDevice && $0.payloadLength == number })
      #expect(answer.unacknowledged == number)
      server.acknowledgement &+= UInt32(number)
      try server.send(.ack)
    }
    #expect(try rig.synchronize().unacknowledged == 0)
  }
}
