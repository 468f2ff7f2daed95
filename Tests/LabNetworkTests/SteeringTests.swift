// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

/// Connections that vanish, and what is under way.
@Suite struct SteeringTests {
  private static let peer = Endpoint(NetworkPlan.host, 7)
  private static let id = ConnectionID(device: Endpoint(NetworkPlan.device, 3333), peer: peer)

  private func network() -> VirtualNetwork {
    var network = VirtualNetwork()
    network.routing.route(address: nil, port: 7, .peer(hostPort: 5000))
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .syn, sequence: 0).bytes, at: 0)
    answer(&network, [.syn, .ack], sequence: 0, acknowledgement: 1)
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .ack, sequence: 1, acknowledgement: 1).bytes, at: 0)
    _ = network.takeOutput()
    return network
  }

  private func answer(
    _ network: inout VirtualNetwork, _ flags: TCPFlags, sequence: UInt32, acknowledgement: UInt32,
    _ payload: [UInt8] = []
  ) {
    let frame = Samples.tcp(
      .toDevice, peer: Endpoint(NetworkPlan.host, 5000), flags, sequence: sequence, acknowledgement: acknowledgement,
      window: 0xffff, payload: payload)
    network.receive(fromHost: frame.bytes, at: 1)
  }

  /// What a client asks for is given up when the client does, and a later client may ask anew.
  @Test func whatTheDeviceHasNotAnsweredEnds() {
    var network = network()
    let client = Endpoint(NetworkPlan.host, 40_000)
    func ask(_ sequence: UInt32) {
      network.receive(
        fromHost: Samples.tcp(.toDevice, peer: client, .syn, sequence: sequence).bytes, at: 1)
    }
    ask(7)
    #expect(network.takeOutput().toDevice.count == 1)
    #expect(network.endUnanswered().map(\.peer) == [client])
    let output = network.takeOutput()
    #expect(output.toDevice == [])
    guard case .tcp(let ip, let tcp, _) = output.toHost.first?.content else {
      Issue.record("nothing is refused")
      return
    }
    #expect(output.toHost.count == 1)
    #expect(ip.destination == client.address)
    #expect(tcp.flags == [.rst, .ack])
    #expect(tcp.acknowledgement == 8)
    ask(7)
    #expect(network.takeOutput().toDevice == [])
    ask(99)
    #expect(network.takeOutput().toDevice.count == 1)
    // What has been answered stays.
    #expect(network.inFlight(at: 1) == 0)
  }

  @Test func vanishing() {
    var network = network()
    network.impair(Impairment(delay: 10))
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .ack, sequence: 1, payload: [1]).bytes, at: 1)
    answer(&network, .ack, sequence: 1, acknowledgement: 1, [2])
    network.vanish(ConnectionID(device: Self.peer, peer: Self.peer))
    #expect(network.inFlight(at: 1) == 3)
    network.vanish(Self.id)
    #expect(network.inFlight(at: 1) == 0)
    network.impair(Impairment())
    answer(&network, .ack, sequence: 1, acknowledgement: 1, [2])
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .ack, sequence: 1, payload: [1]).bytes, at: 2)
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .syn, sequence: 0).bytes, at: 2)
    var output = network.takeOutput()
    #expect(output.toHost + output.toDevice == [])
    #expect(network.currentStatistics.dropped == ["vanished": 3])
    #expect(output.captured.count { $0.comment == "dropped by the lab: vanished" } == 3)
    // The same ends may meet again.
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .syn, sequence: 99).bytes, at: 3)
    output = network.takeOutput()
    #expect(output.toHost.count == 1)
  }

  @Test func whatIsUnderWay() {
    var network = network()
    #expect(network.inFlight(at: 1) == 0)
    #expect(network.unacknowledged == 0)
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .ack, sequence: 1, payload: [1, 2, 3]).bytes, at: 1)
    #expect(network.inFlight(at: 1) == 3)
    #expect(network.inFlight(at: 2 + ConnectionEntry.answerTime) == 0)
    answer(&network, .ack, sequence: 1, acknowledgement: 4, [9, 9])
    #expect(network.inFlight(at: 1) == 0)
    #expect(network.unacknowledged == 2)
    network.receive(fromDevice: Samples.tcp(peer: Self.peer, .ack, sequence: 4, acknowledgement: 3).bytes, at: 1)
    #expect(network.unacknowledged == 0)
    network.receive(
      fromDevice: Samples.tcp(peer: Self.peer, [.fin, .ack], sequence: 4, acknowledgement: 3).bytes, at: 1)
    #expect(network.inFlight(at: 1) == 1)
    answer(&network, [.fin, .ack], sequence: 3, acknowledgement: 5)
    #expect(network.inFlight(at: 1) == 0)
    #expect(network.unacknowledged == 0)
  }
}
