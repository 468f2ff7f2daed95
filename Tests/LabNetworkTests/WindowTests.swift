// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import LabNetwork

/// What the device is offered, on a connection that libslirp has opened to it.
@Suite struct WindowTests {
  private static let device = Endpoint(NetworkPlan.device, 3333)
  /// The client's end in the captured frames.
  private static let client = Endpoint(NetworkPlan.host, 0xc8ec)
  private static let id = ConnectionID(device: device, peer: client)
  /// The device's initial number in the captured SYN-ACK.
  private static let start: UInt32 = 0x47f6_e866
  private static let clientStart: UInt32 = 0xfa01

  private func window(_ frames: [Frame]) throws -> UInt16 {
    #expect(frames.count == 1)
    let frame = try #require(frames.last)
    // What is rewritten must still be well formed.
    #expect(try Frame(frame.bytes) == frame)
    guard case .tcp(_, let tcp, _) = frame.content else { throw DropReason.tcpHeader }
    return tcp.window
  }

  private func fromHost(_ network: inout VirtualNetwork, _ bytes: [UInt8]) -> [Frame] {
    network.receive(fromHost: bytes, at: 1)
    return network.takeOutput().toDevice
  }

  /// libslirp acknowledges so many bytes of the device and offers its own window.
  private func acknowledge(_ network: inout VirtualNetwork, _ count: UInt32) throws -> UInt16 {
    let frame = Samples.tcp(
      .toDevice, peer: Self.client, .ack, sequence: Self.clientStart + 1, acknowledgement: Self.start + 1 + count,
      window: 0xffff)
    return try window(fromHost(&network, frame.bytes))
  }

  private func data(_ offset: UInt32, _ count: Int, _ flags: TCPFlags = [.psh, .ack]) -> Frame {
    Samples.tcp(
      peer: Self.client, flags, sequence: Self.start + 1 + offset, acknowledgement: Self.clientStart + 1,
      payload: [UInt8](repeating: 7, count: count))
  }

  private func send(_ network: inout VirtualNetwork, _ frame: Frame) -> VirtualNetwork.Output {
    network.receive(fromDevice: frame.bytes, at: 1)
    return network.takeOutput()
  }

  /// A connection of captured frames: SYN, SYN-ACK, ACK.
  private func open(_ network: inout VirtualNetwork) throws -> [UInt16] {
    let syn = try window(fromHost(&network, Samples.syn))
    #expect(send(&network, try Frame(Samples.synAck)).toHost.count == 1)
    return [syn, try window(fromHost(&network, Samples.ack))]
  }

  @Test(
    arguments: [
      .connection(id), .hostPort(0xc8ec), .guestPort(3333), .guestPort(3334), .hostPort(3333),
    ] as [WindowScope]) func limitedFromTheSYNOn(_ scope: WindowScope) throws
  {
    var network = VirtualNetwork()
    network.limitWindow(scope, to: 1024, at: 0)
    let fits = ![.guestPort(3334), .hostPort(3333)].contains(scope)
    #expect(try open(&network) == (fits ? [1024, 1024] : [0xffff, 0xffff]))
    #expect(try acknowledge(&network, 1000) == (fits ? 1024 : 0xffff))
  }

  @Test func theNearestScopeCounts() throws {
    var network = VirtualNetwork()
    network.limitWindow(.guestPort(3333), to: 100, at: 0)
    network.limitWindow(.hostPort(0xc8ec), to: 200, at: 0)
    network.limitWindow(.connection(Self.id), to: 300, at: 0)
    #expect(try open(&network) == [300, 300])
  }

  @Test func whatWasOfferedStaysOffered() throws {
    var network = VirtualNetwork()
    #expect(try open(&network) == [0xffff, 0xffff])
    network.limitWindow(.connection(Self.id), to: 1000, at: 1)
    #expect(network.takeOutput().toDevice == [])
    #expect(try acknowledge(&network, 5000) == 60_535)
    #expect(try acknowledge(&network, 65_000) == 1000)
    #expect(try acknowledge(&network, 66_000) == 1000)
    // libslirp's own window opens at once when the limit is taken back.
    network.limitWindow(.connection(Self.id), to: nil, at: 2)
    #expect(try window(network.takeOutput().toDevice) == 0xffff)
  }

  @Test func aPausedReaderClosesItsWindow() throws {
    var network = VirtualNetwork()
    network.limitWindow(.guestPort(3333), to: 2000, at: 0)
    _ = try open(&network)
    network.setReading(Self.id, paused: true, at: 1)
    #expect(network.takeOutput().toDevice == [])
    #expect(send(&network, data(0, 1440)).toHost.count == 1)
    #expect(try acknowledge(&network, 1440) == 560)
    #expect(send(&network, data(1440, 560)).toHost.count == 1)
    #expect(try acknowledge(&network, 2000) == 0)

    // The probe of a closed window reaches libslirp without its byte, and is answered.
    let probe = send(&network, data(2000, 1))
    #expect(probe.toHost == [data(2000, 0, .ack)])
    #expect(try window(probe.toDevice) == 0)
    // The end of the stream needs no room.
    #expect(send(&network, data(2000, 0, [.fin, .ack])).toHost == [data(2000, 0, [.fin, .ack])])

    network.setReading(Self.id, paused: false, at: 2)
    let update = network.takeOutput().toDevice
    #expect(try window(update) == 2000)
    let expected = Samples.tcp(
      .toDevice, peer: Self.client, .ack, sequence: Self.clientStart + 1, acknowledgement: Self.start + 2001,
      window: 2000)
    #expect(update == [expected])
    #expect(send(&network, data(2000, 1440)).toHost.count == 1)
    network.setReading(Self.id, paused: false, at: 3)
    network.forgetWindows(at: 3)
    #expect(try window(network.takeOutput().toDevice) == 0xffff)
  }

  @Test func aLimitOfNothing() throws {
    var network = VirtualNetwork()
    network.limitWindow(.guestPort(3333), to: 0, at: 0)
    #expect(try open(&network) == [0, 0])
    #expect(try window(send(&network, data(0, 1)).toDevice) == 0)
    network.limitWindow(.guestPort(3333), to: 1, at: 0)
    #expect(try window(network.takeOutput().toDevice) == 1)
    #expect(send(&network, data(0, 1)).toHost == [data(0, 1)])
  }

  @Test func connectionsOfTheDevice() throws {
    var network = VirtualNetwork()
    network.routing.route(address: nil, port: 80, .peer(hostPort: 5000))
    network.limitWindow(.hostPort(5000), to: 512, at: 0)
    let web = Endpoint(IPv4Address(93, 184, 216, 34), 80)
    _ = send(&network, Samples.tcp(device: 50_000, peer: web, .syn))
    let answer = Samples.tcp(
      .toDevice, device: 50_000, peer: Endpoint(NetworkPlan.host, 5000), [.syn, .ack], acknowledgement: 1001,
      window: 0xffff)
    let frames = fromHost(&network, answer.bytes)
    #expect(try window(frames) == 512)
    #expect(frames.first?.tcpEnds?.source == web)
  }

  @Test func closedOnesAreLeftAlone() throws {
    var network = VirtualNetwork()
    _ = try open(&network)
    network.setReading(ConnectionID(device: Self.device, peer: Self.device), paused: true, at: 1)
    network.limitWindow(.connection(Self.id), to: 10, at: 1)
    _ = send(&network, Samples.tcp(peer: Self.client, .rst, sequence: Self.start + 1))
    network.forgetWindows(at: 2)
    network.setReading(Self.id, paused: false, at: 2)
    #expect(network.takeOutput().toDevice == [])
  }

  /// However limits, pauses and acknowledgements follow each other: the right edge never moves to the left.
  @Test func theRightEdgeNeverMovesLeft() throws {
    var random = Samples.Generator(state: 11)
    for _ in 0..<50 {
      var network = VirtualNetwork()
      network.limitWindow(.guestPort(3333), to: .random(in: 0...70_000, using: &random), at: 0)
      let offered = try open(&network)
      var edge = UInt32(offered.map(Int.init).max() ?? 0)
      var acknowledged: UInt32 = 0
      for _ in 0..<100 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: network.limitWindow(.guestPort(3333), to: .random(in: 0...70_000, using: &random), at: 1)
        case 1: network.setReading(Self.id, paused: .random(using: &random), at: 1)
        default: break
        }
        var frames = network.takeOutput().toDevice
        if edge > acknowledged {
          acknowledged = .random(in: acknowledged...edge, using: &random)
          let frame = Samples.tcp(
            .toDevice, peer: Self.client, .ack, sequence: Self.clientStart + 1,
            acknowledgement: Self.start + 1 + acknowledged, window: 0xffff)
          frames += fromHost(&network, frame.bytes)
        }
        for frame in frames {
          guard case .tcp(_, let tcp, _) = frame.content else { continue }
          let right = tcp.acknowledgement &- Self.start &- 1 &+ UInt32(tcp.window)
          #expect(right >= edge)
          edge = right
        }
      }
    }
  }
}
