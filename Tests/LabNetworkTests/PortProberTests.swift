// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabNetwork

@Suite struct PortProberTests {
  private let device = MACAddress(0x0200_0012_3456)

  /// A segment of the device, as a frame.
  private func segment(_ tcp: TCPHeader) -> Frame {
    Frame.tcp(
      from: device, to: .ofNetwork(NetworkPlan.host),
      IPv4Header(source: NetworkPlan.device, destination: NetworkPlan.host, protocolNumber: IPProtocol.tcp), tcp)
  }

  /// A network that has heard of the device, and the SYN of its probe of a port.
  private func probing(_ port: UInt16) throws -> (network: VirtualNetwork, syn: TCPHeader) {
    var network = VirtualNetwork()
    network.receive(
      fromDevice: segment(TCPHeader(sourcePort: 1, destinationPort: 2, sequence: 0, flags: .rst)).bytes, at: 1)
    _ = network.takeOutput()
    network.probe(port)
    let frame = try #require(network.takeOutput().toDevice.first)
    guard case .tcp(let ip, let tcp, _) = frame.content else { throw DropReason.unknownConnection }
    #expect(ip.source == NetworkPlan.host && ip.destination == NetworkPlan.device)
    #expect(tcp.flags == .syn && tcp.destinationPort == port && tcp.sourcePort < 1024)
    return (network, tcp)
  }

  @Test func aPortThatListensIsResetAndTold() throws {
    var (network, syn) = try probing(3333)
    network.receive(
      fromDevice: segment(
        TCPHeader(
          sourcePort: 3333, destinationPort: syn.sourcePort, sequence: 900, acknowledgement: syn.sequence + 1,
          flags: [.syn, .ack])
      ).bytes, at: 2)
    let output = network.takeOutput()
    #expect(output.reports.map(\.event) == [.probed(port: 3333, answer: .listens)])
    #expect(output.toHost.isEmpty)
    guard case .tcp(_, let reset, _) = try #require(output.toDevice.first).content else {
      Issue.record("no TCP answer")
      return
    }
    #expect(reset.flags == .rst && reset.sequence == syn.sequence + 1 && reset.destinationPort == 3333)
  }

  @Test func aPortThatRefusesIsTold() throws {
    var (network, syn) = try probing(3334)
    network.receive(
      fromDevice: segment(
        TCPHeader(
          sourcePort: 3334, destinationPort: syn.sourcePort, sequence: 0, acknowledgement: syn.sequence + 1,
          flags: [.rst, .ack])
      ).bytes, at: 2)
    let output = network.takeOutput()
    #expect(output.reports.map(\.event) == [.probed(port: 3334, answer: .refuses)])
    #expect(output.toDevice.isEmpty && output.toHost.isEmpty)
  }

  @Test func nothingIsSentToADeviceThatIsNotUpYet() {
    var network = VirtualNetwork()
    network.probe(3333)
    #expect(network.takeOutput().toDevice.isEmpty)
  }

  @Test func anAnswerThatNobodyAskedForIsNoAnswer() throws {
    var (network, syn) = try probing(3333)
    network.receive(
      fromDevice: segment(
        TCPHeader(sourcePort: 4444, destinationPort: syn.sourcePort, sequence: 900, flags: [.syn, .ack])
      ).bytes, at: 2)
    #expect(!network.takeOutput().reports.contains { if case .probed = $0.event { true } else { false } })
  }
}
