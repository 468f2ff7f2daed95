// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What clients and servers wait to receive.
extension CheckRun {
  func expect(
    _ pattern: Pattern, without: Pattern?, on connection: PeerConnection, within: GuestDuration
  ) async throws {
    let (stream, key) = (connection.stream, connection.key)
    let found: String? =
      try await record.wait(within) { record -> String?? in
        if let taken = record.take(from: stream, through: pattern) { return .some(taken) }
        return record.isOver(stream, key) ? .some(nil) : nil
      } ?? nil
    guard let found = if let found { found } else { await record.take(from: stream, through: pattern, isLast: true) }
    else {
      let untaken = await record.stream(connection).untaken
      throw await failure(
        connection, expected: "an answer that matches /\(pattern)/",
        seen: (untaken.isEmpty ? "nothing" : quoted(untaken)) + (await ending(of: connection, within: within)))
    }
    await record.add(.peer(connection.name), "got \(quoted(Array(found.utf8)))")
    remember(found, takenBy: connection.name)
    if let without, without.isFound(in: found) {
      var failure = await failure(
        connection, expected: "an answer that matches /\(pattern)/, and nothing before it that matches /\(without)/",
        seen: quoted(Array(found.utf8)))
      failure.facts.received = found
      throw failure
    }
  }

  private func remember(_ text: String, takenBy name: String) {
    let length = text.prefix { !$0.isNewline }.count
    variables[Placeholder(name, .taken)] = text
    variables[Placeholder(name, .begin)] = String(text.prefix(max(1, 3 * length / 4)))
  }

  func expectData(
    _ data: LabData, anyLineEnds: Bool, on connection: PeerConnection, within: GuestDuration
  ) async throws {
    let (stream, key) = (connection.stream, connection.key)
    let bytes = data.bytes
    let result = try await record.wait(within) { record -> PeerStream.Comparison? in
      let comparison = record.streams[stream]?.compare(bytes, anyLineEnds: anyLineEnds) ?? .beginning(0)
      if case .beginning = comparison, !record.isOver(stream, key) { return nil }
      return comparison
    }
    let comparison =
      if let result { result } else { await record.stream(connection).compare(bytes, anyLineEnds: anyLineEnds) }
    let seen: String
    switch comparison {
    case .complete(let count):
      await record.take(count, from: stream)
      await record.add(.peer(connection.name), "got \(Self.title(of: data))")
      return
    case .beginning(let count):
      let end = await ending(of: connection, within: within)
      seen = count == 0 ? "nothing\(end)" : "\(count) of them, all right\(end.hasPrefix(",") ? end : ",\(end)")"
    case .differs(let offset, let place):
      let untaken = await record.stream(connection).untaken
      seen = """
        \(offset) right ones, then \(quoted(untaken[place...].prefix(20), limit: 20)) instead of \
        \(quoted(bytes[offset...].prefix(20), limit: 20))
        """
    }
    throw await failure(connection, expected: Self.title(of: data), seen: seen)
  }

  /// What a step waits for, for a person.
  static func title(of data: LabData) -> String {
    data.name.isEmpty
      ? "\(data.bytes.count) bytes: \(quoted(data.bytes, limit: 40))"
      : "the \(data.bytes.count) bytes of the data '\(data.name)'"
  }

  func expectNothing(on connection: PeerConnection, for duration: GuestDuration) async throws {
    let stream = connection.stream
    // What has come before is here by then, even where the host is late.
    try await device.tell([])
    let look: @Sendable (isolated RunRecord) -> [UInt8]? = { record in
      record.streams[stream].flatMap { $0.untaken.isEmpty ? nil : $0.untaken }
    }
    let came = duration.nanoseconds == 0 ? await look(record) : try await record.wait(duration, until: look)
    guard let came else { return }
    throw await failure(connection, expected: "the device sends nothing more for \(duration)", seen: quoted(came))
  }

  /// How waiting ended, as the end of a sentence.
  private func ending(of connection: PeerConnection, within: GuestDuration) async -> String {
    let hasEnded = await record.stream(connection).ended
    if hasEnded { await waitForEnd(connection) }
    switch await record.facts(connection.key)?.end {
    case .closed where hasEnded: return ", then the device closed the connection"
    case .reset: return ", then the device reset the connection"
    default: return " within \(within)"
    }
  }
}

extension RunRecord {
  /// Whether nothing more will come on a connection.
  fileprivate func isOver(_ stream: Int, _ key: PeerConnection.Key) -> Bool {
    streams[stream]?.ended == true || facts(key)?.deviceReset != nil
  }
}
