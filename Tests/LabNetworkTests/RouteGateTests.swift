// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

/// Routes that come and go, gates, and what counts as an attempt.
@Suite struct RouteGateTests {
  private static let peer = Endpoint(IPv4Address(45, 79, 112, 203), 4242)

  private func syn(from port: UInt16, _ sequence: UInt32 = 1000) -> Frame {
    Samples.tcp(device: port, peer: Self.peer, .syn, sequence: sequence)
  }

  private func reports(_ network: inout VirtualNetwork, _ frame: Frame) -> [NetworkEvent] {
    network.receive(fromDevice: frame.bytes, at: 1)
    let output = network.takeOutput()
    for frame in output.toDevice { network.delivered(frame, at: 2) }
    return output.reports.map(\.event) + network.takeReports().map(\.event)
  }

  private func fate(_ network: inout VirtualNetwork, _ frame: Frame) -> TCPSegment.Fate? {
    reports(&network, frame).lazy.compactMap { if case .segment(let segment) = $0 { segment.fate } else { nil } }.first
  }

  private func attempts(_ network: inout VirtualNetwork, _ frame: Frame) -> [ConnectionAttempt] {
    reports(&network, frame).compactMap { if case .attempt(let attempt) = $0 { attempt } else { nil } }
  }

  private func network(_ target: RouteTarget) -> VirtualNetwork {
    var network = VirtualNetwork()
    network.routing.route(address: nil, port: 4242, target)
    return network
  }

  @Test func theFirstAreRefused() {
    var network = network(.afterAttempts(2, first: .refused, then: 5000))
    #expect(fate(&network, syn(from: 50_000)) == .refused)
    #expect(fate(&network, syn(from: 50_001)) == .refused)
    #expect(fate(&network, syn(from: 50_002)) == .passed)
    #expect(fate(&network, syn(from: 50_000, 2000)) == .passed)
  }

  @Test func whatIsSentAgainMeetsTheSame() {
    var network = network(.afterAttempts(2, first: .silent, then: 5000))
    for _ in 0..<5 { #expect(fate(&network, syn(from: 50_000)) == .vanished) }
    // The same port with another initial number is another attempt.
    #expect(fate(&network, syn(from: 50_000, 7)) == .vanished)
    #expect(fate(&network, syn(from: 50_001)) == .passed)
    #expect(fate(&network, syn(from: 50_000, 7)) == .vanished)
    #expect(fate(&network, syn(from: 50_001)) == .passed)
  }

  @Test func declaringAgainBeginsAnew() {
    var network = network(.afterAttempts(1, first: .refused, then: 5000))
    #expect(fate(&network, syn(from: 50_000)) == .refused)
    #expect(fate(&network, syn(from: 50_001)) == .passed)
    network.routing.route(address: nil, port: 4242, .afterAttempts(1, first: .silent, then: 5000))
    #expect(fate(&network, syn(from: 50_002)) == .vanished)
    network.routing.unroute(address: nil, port: 4242)
    #expect(fate(&network, syn(from: 50_003)) == .vanished)
    network.routing.declare("tcpbin.com", .addresses([Self.peer.address]))
    #expect(fate(&network, syn(from: 50_004)) == .refused)
    network.routing.forgetNames()
    #expect(network.routing.answer(for: "tcpbin.com") == .nxdomain)
    #expect(fate(&network, syn(from: 50_005)) == .vanished)
  }

  @Test func attemptsAreTold() throws {
    var network = network(.refused)
    let first = try #require(attempts(&network, syn(from: 50_000)).first)
    #expect(
      first
        == ConnectionAttempt(
          connection: 1, source: Endpoint(NetworkPlan.device, 50_000), destination: Self.peer, number: 1, fate: .refused
        ))
    #expect(attempts(&network, syn(from: 50_001)).map(\.number) == [2])
    // Refused means over: the same numbers again are another attempt.
    #expect(attempts(&network, syn(from: 50_001)).map(\.number) == [3])
    network.routing.route(address: nil, port: 4242, .silent)
    #expect(attempts(&network, syn(from: 50_002)).map(\.fate) == [.vanished])
    #expect(attempts(&network, syn(from: 50_002)) == [])
    #expect(attempts(&network, syn(from: 50_002, 5)).map(\.number) == [5])
    #expect(
      attempts(&network, Samples.tcp(device: 50_003, peer: Endpoint(NetworkPlan.host, 80), .syn)).map(\.number) == [1])
    #expect(attempts(&network, Samples.tcp([.syn, .ack])) == [])
  }

  /// A device that starts anew may draw the same port and the same number as before.
  @Test func aDeviceThatStartsAnew() {
    var network = network(.afterAttempts(2, first: .silent, then: 5000))
    #expect(attempts(&network, syn(from: 50_000)).map(\.number) == [1])
    #expect(attempts(&network, syn(from: 50_000)) == [])
    network.receive(fromDevice: Samples.discover, at: 2)
    _ = network.takeOutput()
    #expect(attempts(&network, syn(from: 50_000)).map(\.fate) == [.vanished])
    network.receive(fromDevice: Samples.discover, at: 2)
    _ = network.takeOutput()
    #expect(attempts(&network, syn(from: 50_000)).map(\.fate) == [.passed])
  }
}
