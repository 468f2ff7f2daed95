// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// What clients and servers do on their connections.
extension CheckRun {
  func take(_ action: StreamAction, by name: String, within: GuestDuration) async throws {
    guard let connection = connections[name] else {
      throw LabError(code: "lab.step", message: "'\(name)' has no connection", isUsage: true)
    }
    switch action {
    case .send(let payload, let manner): try await send(payload, manner, on: connection, within: within)
    case .expect(let pattern, let without):
      try await expect(
        try self.pattern(pattern), without: try without.map { try self.pattern($0) }, on: connection, within: within)
    case .expectData(let data, let anyLineEnds):
      try await expectData(data, anyLineEnds: anyLineEnds, on: connection, within: within)
    case .expectNothing(let duration): try await expectNothing(on: connection, for: duration)
    case .expectClose: try await expectClose(of: connection, within: within)
    case .expectProbe: try await expectProbe(on: connection, within: within)
    case .halfClose:
      await record.add(.peer(name), "sends FIN and goes on receiving")
      connection.socket.halfClose()
    case .close:
      await record.add(.peer(name), "closes")
      await connection.socket.close()
      try await waitForWire(connection) { $0.peerFIN ?? $0.deviceReset }
    case .reset:
      await record.add(.peer(name), "resets the connection")
      await connection.socket.reset()
      try await waitForWire(connection) { $0.peerReset ?? $0.deviceReset }
    case .vanish:
      await record.add(.peer(name), "vanishes: nothing passes from now on, either way")
      try await tell(about: connection) { .vanish(connection: $0) }
    case .read(let paused):
      await record.add(.peer(name), paused ? "stops reading" : "reads on")
      try await tell(about: connection) { .reading(connection: $0, paused: paused) }
    }
  }

  /// The bytes that a step sends or types.
  func bytes(of payload: Payload) throws -> [UInt8] {
    switch payload {
    case .text(let text): Array(try filled(text).utf8)
    case .data(let data): data.bytes
    }
  }

  /// What a step sends or types, for the transcript.
  func summary(of payload: Payload, _ bytes: [UInt8]) -> String {
    switch payload {
    case .text: "\(bytes.count) bytes: \(quoted(bytes))"
    case .data(let data) where data.name.isEmpty: "\(bytes.count) bytes: \(quoted(bytes))"
    case .data(let data): "\(bytes.count) bytes, the data '\(data.name)': \(quoted(bytes, limit: 20))"
    }
  }

  private func send(
    _ payload: Payload, _ manner: SendManner, on connection: PeerConnection, within: GuestDuration
  ) async throws {
    let bytes = try bytes(of: payload)
    var how = ""
    if case .pieces(let size) = manner { how = ", in pieces of \(size)" }
    await record.add(.peer(connection.name), "sends \(summary(of: payload, bytes))\(how)")
    let end = await record.guestTime + within.nanoseconds
    switch manner {
    case .plain: try await write(bytes, on: connection)
    case .acknowledged: try await write(bytes, on: connection, acknowledgedBy: end, within)
    case .pieces(let size):
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        try await write(piece, on: connection, acknowledgedBy: end, within)
      }
    }
  }

  private func write(
    _ bytes: [UInt8], on connection: PeerConnection, acknowledgedBy end: UInt64, _ within: GuestDuration
  )
    async throws
  {
    let total = UInt32(truncatingIfNeeded: try await write(bytes, on: connection))
    let now = await record.guestTime
    let key = connection.key
    let done: Bool? = try await record.wait(GuestDuration(nanoseconds: end - min(end, now))) { record in
      guard let facts = record.facts(key) else { return nil }
      if facts.acknowledged >= total { return true }
      return facts.deviceReset == nil ? nil : false
    }
    guard done != true else { return }
    let acknowledged = await record.facts(key)?.acknowledged ?? 0
    throw await failure(
      connection, expected: "the device acknowledges \(total) bytes",
      seen: done == false ? "it reset the connection" : "it acknowledged \(acknowledged) within \(within)")
  }

  /// Sends bytes. Returns how many have been sent in all.
  @discardableResult
  private func write(_ bytes: [UInt8], on connection: PeerConnection) async throws -> Int {
    let sent = await record.willSend(bytes.count, on: connection.stream)
    if bytes.count <= SentMessage.longest {
      let message = SentMessage(bytes: bytes, stream: connection.stream, lines: await record.position.lines)
      messages[connection.name] = (messages[connection.name] ?? []).suffix(SentMessage.kept - 1) + [message]
    }
    do {
      try await connection.socket.send(bytes)
    } catch is LabError {
      await waitForEnd(connection)
      throw await failure(
        connection, expected: "the connection stays open for what \(connection.name) sends",
        seen: "the device ended the connection")
    }
    return sent
  }

  private func expectClose(of connection: PeerConnection, within: GuestDuration) async throws {
    let key = connection.key
    let end: ConnectionEnd? = try await record.wait(within) { $0.facts(key)?.end }
    guard end != .closed else { return }
    throw await failure(
      connection, expected: "the device closes the connection (FIN)",
      seen: end == nil ? "the connection was still open after \(within)" : "it reset the connection")
  }

  /// Waits for a keep-alive probe that no step has taken. Whoever is still there answers it by itself.
  private func expectProbe(on connection: PeerConnection, within: GuestDuration) async throws {
    let key = connection.key
    let taken = takenProbes[connection.stream, default: 0]
    let asked: Bool? = try await record.wait(within) { record in
      guard let facts = record.facts(key) else { return nil }
      if facts.probes.count > taken { return true }
      return facts.end == nil ? nil : false
    }
    guard asked != true else {
      takenProbes[connection.stream] = taken + 1
      return
    }
    let seen: String
    switch await record.facts(key)?.end {
    case .closed: seen = "it closed the connection"
    case .reset: seen = "it reset the connection"
    default: seen = "no keep-alive probe within \(within)"
    }
    throw await failure(
      connection, expected: "the device asks whether \(connection.name) is still there (keep-alive)", seen: seen)
  }

  /// Waits until the wire shows what the host's socket was told to do, so that the next step comes after it for the device too.
  private func waitForWire(
    _ connection: PeerConnection, _ fact: @escaping @Sendable (ConnectionFacts) -> Evidence?
  ) async throws {
    let key = connection.key
    _ = try await record.wait(.seconds(2)) { record in record.facts(key).flatMap(fact) }
  }

  /// Waits until the wire has told how the device ended a connection: the peer's own socket may know before.
  func waitForEnd(_ connection: PeerConnection) async {
    let key = connection.key
    let _: ConnectionEnd?? = try? await record.wait(.milliseconds(500)) { $0.facts(key)?.end }
  }

  private func tell(about connection: PeerConnection, _ command: (ConnectionID) -> NetworkCommand) async throws {
    guard let id = await record.facts(connection.key)?.id else { return }
    try await device.tell([command(id)])
  }

  /// A failure of a step on a connection.
  func failure(_ connection: PeerConnection, expected: String, seen: String) async -> StepFailure {
    let facts = await record.facts(connection.key)
    let stream = await record.stream(connection)
    var failure = StepFailure(
      expected: expected, seen: seen,
      evidence: [facts?.lastData, facts?.deviceReset, facts?.deviceFIN].compactMap { $0 }.sorted { $0.line < $1.line },
      facts: StepFacts(
        received: stream.text, ended: facts?.end, silent: stream.isSilent(deviceSent: Int(facts?.sent ?? 0))))
    failure.facts.acknowledged = Int(facts?.acknowledged ?? 0) >= stream.sent
    return failure
  }
}
