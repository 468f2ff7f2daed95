// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork

/// The lab's TCP clients.
extension CheckRun {
  func connect(_ name: String, to port: UInt16, window: Int?, within: GuestDuration) async throws {
    guard let hostPort = await device.hostPorts[port] else {
      throw LabError(code: "lab.port", message: "port \(port) of the device is not forwarded", isUsage: true)
    }
    let record = record
    let stream = await record.openStream()
    // With the same port again it would be the same connection, to a device that has the old one in TIME-WAIT (RFC 9293, 3.6.1) and to the
    // record.
    let host = try await LoopbackConnection(
      port: hostPort, of: try await device.sockets, avoiding: await record.clientPorts
    ) { peerPort in
      await record.takeClientPort(peerPort)
      if let window { try await limitWindow(of: peerPort, to: window) }
      await record.add(.peer(name), "connects to port \(port) from port \(peerPort)")
    }
    let socket = PeerSocket(host.stream) { await record.received($0, on: stream) }
    let peerPort = host.localPort
    let connection = PeerConnection(name: name, stream: stream, key: .client(port: peerPort), socket: socket)
    open.append(connection)
    connections[name] = connection
    await record.pair(stream, with: connection.key)
    learn(name, port: peerPort, address: "\(NetworkPlan.host)")
    let answered: Bool? = try await record.wait(within) { record in
      guard let facts = record.connections.client(peerPort) else { return nil }
      if facts.synAck != nil { return true }
      return facts.deviceReset == nil ? nil : false
    }
    guard answered != true else { return }
    let facts = await record.connections.client(peerPort)
    throw StepFailure(
      expected: "the device answers the SYN to port \(port) with SYN-ACK",
      seen: answered == false
        ? "it answered with RST: nothing listens on port \(port)" : "no answer within \(within)",
      evidence: [facts?.syn, facts?.deviceReset].compactMap { $0 },
      facts: StepFacts(ended: answered == false ? .refused : .unanswered, missingPort: port))
  }

  /// Remembers what variables about a peer stand for.
  func learn(_ name: String, port: UInt16, address: String?) {
    variables[Placeholder(name, .port)] = "\(port)"
    variables[Placeholder(name, .swappedPort)] = "\(port.byteSwapped)"
    if let address { variables[Placeholder(name, .address)] = address }
  }

  /// Has the network give up on connections that the device has not answered: the next check's device is not to be asked for them.
  func endUnanswered() async throws {
    for connection in open where await record.facts(connection.key)?.synAck == nil {
      return try await device.tell([.endUnanswered])
    }
  }

  /// Aborts all connections: the device that they led to has been restarted.
  func dropConnections() async throws {
    try await endUnanswered()
    for connection in open {
      await connection.socket.reset()
      await record.closeStream(connection.stream)
    }
    open = []
    connections = [:]
    await dropArrivals()
  }
}
