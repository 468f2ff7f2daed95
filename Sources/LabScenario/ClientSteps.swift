// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel

/// The TCP clients of one check: what they do, and what they wait to see on the wire.
actor ClientSteps {
  private let record: RunRecord
  private let hostPorts: [UInt16: UInt16]
  private var clients: [String: TCPClient] = [:]
  private var devicePorts: [String: UInt16] = [:]

  /// - Parameters:
  ///   - record: the run's record.
  ///   - hostPorts: the host's port for each forwarded port of the device.
  init(record: RunRecord, hostPorts: [UInt16: UInt16]) {
    self.record = record
    self.hostPorts = hostPorts
  }

  /// Takes one step.
  /// - Throws: `StepFailure` when the device does not do what is expected, `LabError` when the lab fails.
  func run(_ action: ClientAction, by name: String, within: GuestDuration) async throws {
    let stream: StreamAction
    switch action {
    case .connect(let port, _):
      try await connect(name, to: port, within: within)
      return
    case .stream(let action): stream = action
    }
    guard let client = clients[name] else {
      throw LabError(code: "lab.step", message: "the client '\(name)' has not connected", isUsage: true)
    }
    switch stream {
    case .vanish, .read, .expectData:
      throw LabError(code: "lab.step", message: "this step cannot be run yet", isUsage: true)
    case .send(let payload, let manner):
      try await send(payload.bytes, from: client, name: name, acknowledged: manner == .acknowledged, within: within)
    case .expect(let pattern, let without):
      try await expect(pattern, without: without, by: name, client: client, within: within)
    case .expectClose: try await expectClose(by: name, client: client, within: within)
    case .halfClose:
      await record.add(.peer(name), "sends FIN and goes on receiving")
      client.halfClose()
    case .close:
      await record.add(.peer(name), "closes")
      await client.close()
      try await waitForWire(client) { $0.peerFIN ?? $0.deviceReset }
    case .reset:
      await record.add(.peer(name), "resets the connection")
      await client.reset()
      try await waitForWire(client) { $0.peerReset ?? $0.deviceReset }
    }
  }

  /// Closes what the steps left open.
  func finish() async {
    for client in clients.values { await client.close() }
    clients = [:]
  }

  private func connect(_ name: String, to port: UInt16, within: GuestDuration) async throws {
    guard let hostPort = hostPorts[port] else {
      throw LabError(code: "lab.port", message: "port \(port) of the device is not forwarded", isUsage: true)
    }
    await record.open(peer: name)
    let record = record
    let client = try TCPClient.connect(hostPort: hostPort) { bytes in
      if let bytes { await record.received(bytes, by: name) } else { await record.ended(peer: name) }
    }
    clients[name] = client
    devicePorts[name] = port
    let peerPort = client.port
    await record.add(.peer(name), "connects to port \(port) from port \(peerPort)")
    let answered: Bool? = try await record.wait(within) { record in
      guard let facts = record.connections[peerPort] else { return nil }
      if facts.synAck != nil { return true }
      return facts.deviceReset == nil ? nil : false
    }
    guard answered != true else { return }
    let facts = await record.connections[peerPort] ?? ConnectionFacts()
    throw StepFailure(
      expected: "the device answers the SYN to port \(port) with SYN-ACK",
      seen: answered == false
        ? "it answered with RST: nothing listens on port \(port)" : "no answer within \(within)",
      evidence: [facts.syn, facts.deviceReset].compactMap { $0 },
      ended: answered == false ? .refused : .unanswered, missingPort: port)
  }

  private func send(
    _ bytes: [UInt8], from client: TCPClient, name: String, acknowledged: Bool, within: GuestDuration
  ) async throws {
    let peerPort = client.port
    let sent = await record.willSend(bytes.count, peer: name)
    await record.add(.peer(name), "sends \(bytes.count) bytes: \(quoted(bytes))")
    do {
      try await client.send(bytes)
    } catch {
      await waitForEnd(client)
      throw await failure(
        name, client, expected: "the connection stays open for what the client sends",
        seen: "the device ended the connection")
    }
    guard acknowledged else { return }
    let total = UInt32(truncatingIfNeeded: sent)
    let done: Bool? = try await record.wait(within) { record in
      guard let facts = record.connections[peerPort] else { return nil }
      if facts.acknowledged >= total { return true }
      return facts.deviceReset == nil ? nil : false
    }
    guard done == true else {
      throw await failure(
        name, client, expected: "the device acknowledges \(total) bytes",
        seen: done == false ? "it reset the connection" : "it did not within \(within)")
    }
  }

  private func expect(
    _ pattern: String, without: String?, by name: String, client: TCPClient, within: GuestDuration
  ) async throws {
    let peerPort = client.port
    let found: String? =
      try await record.wait(within) { record -> String?? in
        if let regex = try? compile(pattern), let taken = record.take(from: name, through: regex) {
          return .some(taken)
        }
        let gone = record.peers[name]?.ended == true || record.connections[peerPort]?.deviceReset != nil
        return gone ? .some(nil) : nil
      } ?? nil
    guard let found else {
      if await record.peers[name]?.ended == true { await waitForEnd(client) }
      let stream = await record.peers[name] ?? PeerStream()
      let facts = await record.connections[peerPort]
      let what = stream.untaken.isEmpty ? "nothing" : quoted(stream.untaken)
      let why: String
      switch facts?.end {
      case .closed where stream.ended: why = ", then the device closed the connection"
      case .reset: why = ", then the device reset the connection"
      default: why = " within \(within)"
      }
      throw await failure(name, client, expected: "an answer that matches /\(pattern)/", seen: what + why)
    }
    await record.add(.peer(name), "got \(quoted(Array(found.utf8)))")
    if let without, found.contains(try compile(without)) {
      var failure = await failure(
        name, client, expected: "an answer that matches /\(pattern)/, and nothing before it that matches /\(without)/",
        seen: quoted(Array(found.utf8)))
      failure.received = found
      throw failure
    }
  }

  private func expectClose(by name: String, client: TCPClient, within: GuestDuration) async throws {
    let peerPort = client.port
    let end: ConnectionEnd? = try await record.wait(within) { $0.connections[peerPort]?.end }
    guard end == .closed else {
      throw await failure(
        name, client, expected: "the device closes the connection (FIN)",
        seen: end == nil ? "the connection was still open after \(within)" : "it reset the connection")
    }
  }

  /// Waits until the wire shows what the host's socket was told to do, so that the next step comes after it for the device too.
  private func waitForWire(
    _ client: TCPClient, _ fact: @escaping @Sendable (ConnectionFacts) -> Evidence?
  ) async throws {
    let peerPort = client.port
    _ = try await record.wait(.seconds(2)) { record in record.connections[peerPort].flatMap(fact) }
  }

  /// Waits until the wire has told how the device ended a connection: the client's own socket may know before.
  private func waitForEnd(_ client: TCPClient) async {
    let peerPort = client.port
    let _: ConnectionEnd?? = try? await record.wait(.milliseconds(500)) { $0.connections[peerPort]?.end }
  }

  private func failure(_ name: String, _ client: TCPClient, expected: String, seen: String) async -> StepFailure {
    let facts = await record.connections[client.port] ?? ConnectionFacts()
    let stream = await record.peers[name] ?? PeerStream()
    return StepFailure(
      expected: expected, seen: seen,
      evidence: [facts.lastData, facts.deviceReset, facts.deviceFIN].compactMap { $0 }.sorted { $0.line < $1.line },
      received: stream.text, ended: facts.end, silent: stream.silent)
  }
}
