// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LabNetwork

/// The process as a whole, with a device made of frames.
@Suite struct ProcessTests {
  @Test func arpAndLease() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    #expect(guest.address == IPv4Address(10, 0, 2, 15))
    #expect(try guest.resolveGateway() == guest.gateway)
    let (address, mac) = try rig.wait("leased") { event -> (IPv4Address, String)? in
      guard case .leased(let address, let mac) = event else { return nil }
      return (address, mac)
    }
    #expect(address == guest.address)
    #expect(mac == "02:00:00:00:00:15")
    #expect(try rig.stop() == 0)
  }

  /// ESP-IDF asks for a second whether anybody has the address; until then the device does not have it.
  @Test func anAddressIsTakenWhenItIsUsed() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.send(guest.dhcp(.discover))
    let offer = try guest.receiveDHCP(.offer)
    try guest.send(guest.dhcp(.request, requesting: offer.assigned))
    let address = try guest.receiveDHCP(.acknowledge).assigned
    for _ in 0..<2 { try guest.send(guest.announcement(of: address, from: .unspecified)) }
    while try rig.statistics().framesFromDevice < 4 {}
    let isLease = { (report: NetworkReport) in if case .leased = report.event { true } else { false } }
    #expect(!rig.reports.contains(where: isLease))
    for _ in 0..<2 { try guest.send(guest.announcement(of: address, from: address)) }
    try rig.wait("leased") { if case .leased = $0 { true } else { nil } }
    _ = try rig.statistics()
    #expect(rig.reports.count(where: isLease) == 1)
    #expect(try rig.stop() == 0)
  }

  /// QEMU's socket as an open descriptor, and the lab on the standard streams.
  @Test func otherWaysToConnect() throws {
    let folder = "/tmp/lab-network-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let process = Process()
    process.executableURL = NetworkRig.executable
    let listener = try TestSocket.unixListener(at: folder + "/control.sock")
    let ends = try TestSocket.pair()
    process.arguments = ["--qemu-fd", "0", "--control", folder + "/control.sock"]
    process.standardInput = FileHandle(fileDescriptor: ends.1.descriptor)
    try process.run()
    let control = try listener.accept()
    var decoder = ControlLineDecoder<NetworkReport>()
    var events: [NetworkEvent] = []
    while events.count < 2 { events += try decoder.append(try control.read()).map(\.event) }
    #expect(events == [.ready, .guestConnected])
    try control.write(ControlLineEncoder().encode(NetworkCommand.stop))
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)

    let byHand = Process()
    byHand.executableURL = NetworkRig.executable
    byHand.arguments = ["--qemu-socket", folder + "/net.sock", "--stdio"]
    let (input, output) = (Pipe(), Pipe())
    byHand.standardInput = input
    byHand.standardOutput = output
    try byHand.run()
    try input.fileHandleForWriting.write(contentsOf: Array("{\"forward\":{\"guestPort\":3333}}\n".utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    byHand.waitUntilExit()
    #expect(text.split(separator: "\n").count == 3)
    #expect(text.contains(#"{"event":{"forwarded":{"guestPort":3333,"hostPort":"#))
  }

  @Test func clientThroughForward() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    let hostPort = try rig.forward(3333)
    #expect(try rig.forward(3333) == hostPort)

    let client = try TestSocket.loopback(connectingTo: hostPort)
    let server = try FakeConnection.accept(guest, port: 3333)
    // The device sees the client's own port: that is how a scenario tells its clients apart.
    #expect(server.remote == Endpoint(NetworkPlan.host, client.port))
    let answered = try rig.waitForSegment("SYN,ACK") { $0.flags == [.syn, .ack] }
    #expect(answered.direction == .fromDevice)
    #expect(answered.peer.port == client.port)
    #expect(answered.source == Endpoint(guest.address, 3333))
    #expect(answered.acknowledgement == 1)

    try client.write(Array("GET_TEMP\n".utf8))
    #expect(try server.receiveData(count: 9) == Array("GET_TEMP\n".utf8))
    let request = try rig.waitForSegment("data to the device") { $0.payloadLength > 0 }
    #expect(request.payload == Data("GET_TEMP\n".utf8))
    #expect(request.sequence == 1)
    #expect(request.connection == answered.connection)

    try server.send([.psh, .ack], Array("21.5\n".utf8))
    #expect(try client.read(count: 5) == Array("21.5\n".utf8))
    server.sequence &-= 5
    try server.send([.psh, .ack], Array("21.5\n".utf8))
    let repeated = try rig.waitForSegment("retransmission") { $0.retransmission }
    #expect(repeated.sequence == 1)
    #expect(repeated.acknowledgement == 10)

    try server.send([.fin, .ack])
    #expect(try client.read().isEmpty)
    _ = try rig.waitForSegment("FIN") { $0.flags.contains(.fin) && $0.direction == .fromDevice && $0.sequence == 6 }
  }

  @Test func clientThatResets() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    let client = try TestSocket.loopback(connectingTo: try rig.forward(80))
    let server = try FakeConnection.accept(guest, port: 80)
    _ = try rig.waitForSegment("SYN,ACK") { $0.flags == [.syn, .ack] }
    client.reset()
    _ = try server.receive("RST") { $0.tcp.flags.contains(.rst) }
    _ = try rig.waitForSegment("RST") { $0.flags.contains(.rst) && $0.direction == .toDevice }
  }

  @Test func severalClientsAtOnce() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    let hostPort = try rig.forward(80)
    let clients = try (0..<6).map { _ in try TestSocket.loopback(connectingTo: hostPort) }
    var ports: Set<UInt16> = []
    for _ in clients { ports.insert(try FakeConnection.accept(guest, port: 80).remote.port) }
    #expect(ports == Set(clients.map(\.port)))
  }

  @Test func routeToAPeer() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    let peer = try TestSocket.loopback()
    let tcpbin = IPv4Address(52, 203, 83, 192)
    try rig.send(.dns(name: "tcpbin.com", answer: .addresses([tcpbin])))
    try rig.send(.route(address: tcpbin, port: 4242, target: .peer(hostPort: peer.port)))
    _ = try rig.statistics()

    let connection = FakeConnection(guest, local: 49_153, remote: Endpoint(tcpbin, 4242))
    try connection.open()
    let accepted = try peer.accept()
    try connection.send([.psh, .ack], Array("hello\n".utf8))
    #expect(try accepted.read(count: 6) == Array("hello\n".utf8))
    try accepted.write(Array("echo\n".utf8))
    #expect(try connection.receiveData(count: 5) == Array("echo\n".utf8))
    let syn = try rig.waitForSegment("SYN") { $0.flags == .syn }
    #expect(syn.peer == Endpoint(tcpbin, 4242))
    #expect(syn.fate == .passed)

    // The same host's other ports refuse.
    let other = FakeConnection(guest, local: 49_154, remote: Endpoint(tcpbin, 80))
    try other.send(.syn)
    _ = try other.receive("RST") { $0.tcp.flags == [.rst, .ack] && $0.tcp.acknowledgement == other.sequence }
    let refused = try rig.waitForSegment("refused SYN") { $0.fate == .refused }
    #expect(refused.peer.port == 80)
  }

  @Test func peerThatIsNotThere() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    let port = try TestSocket.loopback().port
    try rig.send(.route(address: NetworkPlan.host, port: 7, target: .peer(hostPort: port)))
    _ = try rig.statistics()
    let connection = FakeConnection(guest, local: 49_155, remote: Endpoint(NetworkPlan.host, 7))
    try connection.send(.syn)
    _ = try connection.receive("RST") { $0.tcp.flags.contains(.rst) }
  }

  @Test func egressIsClosed() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    // A listener of the host that no route leads to.
    let secret = try TestSocket.loopback()
    let local = FakeConnection(guest, local: 49_156, remote: Endpoint(NetworkPlan.host, secret.port))
    try local.send(.syn)
    _ = try local.receive("RST") { $0.tcp.flags.contains(.rst) }
    let far = FakeConnection(guest, local: 49_157, remote: Endpoint(IPv4Address(93, 184, 216, 34), 80))
    try far.send(.syn)
    let vanished = try rig.waitForSegment("vanished SYN") { $0.fate == .vanished }
    #expect(vanished.peer.address == IPv4Address(93, 184, 216, 34))
    try guest.send(guest.udp(from: 123, to: Endpoint(IPv4Address(93, 184, 216, 34), 123), [1, 2, 3]))
    try rig.wait("datagram") { event -> Bool? in
      guard case .datagram(_, let destination, let length) = event else { return nil }
      return destination.port == 123 && length == 3
    }
    #expect(try rig.statistics().dropped["egress"] == 2)
    #expect(try secret.isReadable(within: 0) == false)
  }

  @Test func names() throws {
    let rig = try NetworkRig()
    let guest = try FakeGuest(rig)
    try guest.takeAddress()
    try rig.send(.dns(name: "HTTPbin.org.", answer: .addresses([IPv4Address(1, 2, 3, 4), IPv4Address(5, 6, 7, 8)])))
    try rig.send(.dns(name: "silent.example", answer: .silent))
    _ = try rig.statistics()
    let good = try guest.ask(DNSQuery(identifier: 7, name: "httpbin.org"))
    #expect(good.big16(0) == 7)
    #expect(good.big16(2) == 0x8180)
    #expect(good.big16(6) == 2)
    #expect(good.suffix(4).elementsEqual([5, 6, 7, 8]))
    let none = try guest.ask(DNSQuery(identifier: 8, name: "example.org"), server: IPv4Address(8, 8, 8, 8))
    #expect(none.big16(2) == 0x8183)
    try guest.send(
      guest.udp(
        from: 50_053, to: Endpoint(NetworkPlan.nameServer, 53), DNSQuery(identifier: 9, name: "silent.example").bytes))
    let exchange = try rig.wait("the silent query") { event -> DNSExchange? in
      guard case .dnsQuery(let exchange) = event, exchange.answer == .silent else { return nil }
      return exchange
    }
    #expect(exchange == DNSExchange(name: "silent.example", type: 1, server: NetworkPlan.nameServer, answer: .silent))
  }
}
