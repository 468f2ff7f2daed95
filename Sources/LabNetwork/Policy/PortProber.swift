// SPDX-License-Identifier: Apache-2.0

/// Asks the device whether ports listen: a SYN from a port that no client of the host has, and RST in answer to SYN-ACK
/// (the half-open connection of RFC 9293, 3.5.3), so that no connection comes about and the device's program never hears of it.
struct PortProber {
  /// Client sockets of the host never have these ports: the kernel hands out none below 1024.
  private static let sourcePorts: ClosedRange<UInt16> = 512...1023
  private static let initialSequence: UInt32 = 1

  /// The probed port by the source port of the probe.
  private var pending: [UInt16: UInt16] = [:]
  private var nextSource = sourcePorts.lowerBound
  private(set) var deviceMAC: MACAddress?

  /// Learns where the device is from what it sends.
  mutating func learn(from frame: Frame) {
    deviceMAC = frame.ethernet.source
  }

  /// The SYN of a probe.
  /// - Returns: nil while the device has not sent anything: it is not up yet.
  mutating func probe(_ port: UInt16) -> Frame? {
    guard let deviceMAC else { return nil }
    let source = nextSource
    nextSource = source == Self.sourcePorts.upperBound ? Self.sourcePorts.lowerBound : source + 1
    pending[source] = port
    let syn = TCPHeader(
      sourcePort: source, destinationPort: port, sequence: Self.initialSequence, flags: .syn, window: 8192)
    return frame(syn, to: deviceMAC)
  }

  /// Takes up a segment of the device if it answers a probe.
  /// - Returns: the port, its answer, and what the device is sent back; nil if the segment has nothing to do with a probe.
  mutating func answer(
    _ tcp: TCPHeader, to destination: IPv4Address, from device: MACAddress
  ) -> (port: UInt16, answer: PortProbeAnswer, reply: Frame?)? {
    guard destination == NetworkPlan.host, pending[tcp.destinationPort] == tcp.sourcePort else { return nil }
    pending[tcp.destinationPort] = nil
    if tcp.flags.contains(.rst) { return (tcp.sourcePort, .refuses, nil) }
    let reset = TCPHeader(
      sourcePort: tcp.destinationPort, destinationPort: tcp.sourcePort, sequence: Self.initialSequence + 1, flags: .rst)
    return (tcp.sourcePort, .listens, frame(reset, to: device))
  }

  private func frame(_ tcp: TCPHeader, to device: MACAddress) -> Frame {
    Frame.tcp(
      from: .ofNetwork(NetworkPlan.host), to: device,
      IPv4Header(source: NetworkPlan.host, destination: NetworkPlan.device, protocolNumber: IPProtocol.tcp), tcp)
  }
}
