// SPDX-License-Identifier: Apache-2.0

/// What the lab does to single connections.
extension VirtualNetwork {
  /// Limits windows, or takes the limit back.
  package mutating func limitWindow(_ scope: WindowScope, to limit: Int?, at time: UInt64) {
    tellWindows(connections.setLimits { $0.set(scope, limit) }, at: time)
  }

  /// Takes all limits of windows back.
  package mutating func forgetWindows(at time: UInt64) {
    tellWindows(connections.setLimits { $0.removeAll() }, at: time)
  }

  /// Has the lab's end of a connection stop reading or read again.
  package mutating func setReading(_ id: ConnectionID, paused: Bool, at time: UInt64) {
    guard let update = connections.setReading(id, paused: paused) else { return }
    tellWindows([(id, update)], at: time)
  }

  /// Makes a connection vanish, with what is under way.
  package mutating func vanish(_ id: ConnectionID) {
    guard let target = connections.vanish(id) else { return }
    toHost.remove { $0.tcpEnds.map { $0.source == id.device && $0.destination == target } == true }
    toDevice.remove { $0.belongs(to: id) }
    output.toDevice.removeAll { $0.belongs(to: id) }
  }

  /// Ends the connections that the device was asked for and has not answered, as it would by refusing them: libslirp sends a SYN again for a
  /// minute, whoever has given up on it.
  /// - Returns: the connections.
  package mutating func endUnanswered() -> [ConnectionID] {
    guard let mac = prober.deviceMAC else { return [] }
    let ended = connections.unanswered
    for (id, initial) in ended {
      vanish(id)
      let reset = TCPHeader(
        sourcePort: id.device.port, destinationPort: id.peer.port, sequence: 0, acknowledgement: initial &+ 1,
        flags: [.rst, .ack])
      let ip = IPv4Header(
        source: id.device.address, destination: id.peer.address, protocolNumber: IPProtocol.tcp)
      output.toHost.append(Frame.tcp(from: mac, to: .ofNetwork(NetworkPlan.host), ip, reset))
    }
    return ended.map(\.id)
  }

  /// Frames that are held back and bytes of the device that libslirp will acknowledge any moment.
  package func inFlight(at time: UInt64) -> Int { toHost.count + toDevice.count + connections.inFlight(at: time) }

  /// Bytes that the device was sent and has not acknowledged.
  package var unacknowledged: Int { connections.unacknowledged }

  /// Answers data that the window had no room for (RFC 9293, 3.8.6.1).
  mutating func answerExcess(_ id: ConnectionID, at time: UInt64) {
    guard let header = connections.acknowledgement(for: id), let frame = segment(header, id) else { return }
    sendToDevice(frame, isReply: true, at: time)
  }

  private mutating func tellWindows(_ updates: [(ConnectionID, TCPHeader)], at time: UInt64) {
    for (id, header) in updates {
      if let frame = segment(header, id) { sendToDevice(frame, at: time) }
    }
  }

  /// A segment to the device as libslirp would send it.
  private func segment(_ header: TCPHeader, _ id: ConnectionID) -> Frame? {
    guard let mac = prober.deviceMAC else { return nil }
    let ip = IPv4Header(
      source: id.peer.address, destination: id.device.address, protocolNumber: IPProtocol.tcp)
    return Frame.tcp(from: .ofNetwork(NetworkPlan.host), to: mac, ip, header)
  }
}
