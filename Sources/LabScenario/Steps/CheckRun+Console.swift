// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel

/// The device's serial console.
extension CheckRun {
  func take(_ action: UARTAction, within: GuestDuration) async throws {
    switch action {
    case .send(let payload): try await type(payload)
    case .expect(let pattern):
      _ = try await expectLine(try self.pattern(pattern, isForConsole: true), after: console.lines, within)
    case .expectData(let data): try await expectData(data, within: within)
    case .mark:
      // What was printed before counts as such, even where the host is late to hear of it.
      try await device.tell([])
      console = await record.position
      nextLine = max(nextLine, console.lines)
    case .next(let pattern):
      let first = max(nextLine, console.lines)
      nextLine = try await expectLine(try self.pattern(pattern, isForConsole: true), after: first, within) + 1
    case .once(let pattern, let port):
      try await expectSingleLine(try self.pattern(pattern, isForConsole: true), sinceAttemptAt: port)
    case .absent(let pattern): try await refuseLine(try self.pattern(pattern, isForConsole: true))
    case .absentLeftover(let name): try await refuseLeftover(of: messages[name] ?? [], by: name)
    case .absentUnsent(let name): try await refuseUnsent(of: name)
    case .attempts(let expectation): try await expectAttemptLog(expectation)
    }
  }

  /// Types in the background: the device may take its time.
  private func type(_ payload: Payload) async throws {
    let bytes = try self.bytes(of: payload)
    await record.add(.lab, "types \(summary(of: payload, bytes))")
    let before = background.last
    let device = device
    background.append(
      Task {
        await before?.value
        // An emulator that has ended is told by the run itself.
        if !Task.isCancelled { try? await device.type(bytes) }
      })
  }

  private func expectLine(_ pattern: Pattern, after first: Int, _ within: GuestDuration) async throws -> Int {
    let found = try await record.wait(within) { record in
      record.deviceLine(matching: pattern, after: first, of: [.program])?.number
    }
    if let found { return found }
    let lines = await record.device.lines(after: first)
    throw StepFailure(
      expected: "the device prints a line that matches /\(pattern)/",
      seen: lines.isEmpty ? "it printed nothing within \(within)" : "no such line within \(within)",
      evidence: lines.suffix(3).map(\.evidence))
  }

  /// Expects a line that stands out: its words, without colours and numbers, are those of no other line.
  private func expectSingleLine(_ pattern: Pattern, sinceAttemptAt port: UInt16?) async throws {
    // The network process has seen an attempt before the device hears what becomes of it, and the console is read after that.
    var begin: UInt64 = 0
    if let port { begin = await record.connections.attempts(at: port, after: start.attempts).last?.time.host ?? 0 }
    let lines = await record.device.lines(after: console.lines)
    let texts = lines.map { Self.colour.replacing(in: $0.evidence.entry.text) { _ in "" } }
    let words = texts.map(Self.withoutNumbers)
    let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    for (line, (text, words)) in zip(lines, zip(texts, words))
    where line.origin == .program && !SystemLog.isOfROM(text) && line.host >= begin && counts[words] == 1
      && pattern.isFound(in: text)
    { return }
    throw StepFailure(
      expected: "the device prints a line that matches /\(pattern)/ and is unlike all others, numbers aside",
      seen: lines.isEmpty ? "it printed nothing" : "no such line", evidence: lines.suffix(3).map(\.evidence))
  }

  private static let colour = Pattern(#"\x1b\[[0-9;]*m"#)

  /// A line with 0 for each number.
  private static func withoutNumbers(_ line: String) -> String {
    var words: [UInt8] = []
    for byte in line.utf8 {
      let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      if !isDigit { words.append(byte) } else if words.last != UInt8(ascii: "0") { words.append(UInt8(ascii: "0")) }
    }
    return String(decoding: words, as: UTF8.self)
  }

  private func refuseLine(_ pattern: Pattern) async throws {
    guard
      let line = await record.deviceLine(matching: pattern, after: console.lines, of: [.program, .complaint])
    else { return }
    throw StepFailure(
      expected: "the device prints no line that matches /\(pattern)/",
      seen: "it printed \(quoted(Array(line.evidence.entry.text.utf8)))", evidence: [line.evidence])
  }

  private func refuseUnsent(of name: String) async throws {
    let taken = (variables[Placeholder(name, .taken)] ?? "").prefix { !$0.isNewline }
    guard taken.count >= Self.shortestUnsent else { return }
    let text = displayable(Array(taken.utf8))
    let lines = await record.device.lines(after: console.lines)
    guard let line = lines.first(where: { $0.origin == .program && $0.evidence.entry.text.contains(text) }) else {
      return
    }
    let begin = variables[Placeholder(name, .begin)] ?? ""
    throw StepFailure(
      expected: "the device logs no more of the echo than has come: \(quoted(Array(begin.utf8)))",
      seen: "it printed \(quoted(Array(line.evidence.entry.text.utf8)))", evidence: [line.evidence])
  }

  /// Shorter lines, in characters, may stand in others.
  private static let shortestUnsent = 8

  private func refuseLeftover(of messages: [SentMessage], by name: String) async throws {
    guard let first = messages.first else { return }
    for (index, line) in await record.device.lines(after: first.lines).enumerated() where line.origin == .program {
      let text = line.evidence.entry.text
      guard let leftover = SentMessage.leftover(of: messages, in: text, number: first.lines + index) else { continue }
      throw StepFailure(
        expected: "the device prints what \(name) sent, and nothing that is left of an earlier, longer message",
        seen: """
          \(quoted(Array(leftover.longer.utf8), limit: 40)) has left \(quoted(Array(leftover.text.utf8), limit: 40))
          """,
        evidence: [line.evidence])
    }
  }

  private func expectData(_ data: LabData, within: GuestDuration) async throws {
    await record.look(for: data, after: console.bytes)
    let done: Bool? = try await record.wait(within) { $0.console.search?.isComplete == true ? true : nil }
    guard done == nil, let search = await record.console.search else { return }
    let found = "\(search.longest) of its \(search.length) bytes"
    let seen: String
    if search.longest == 0 {
      seen =
        search.counted == 0
        ? "nothing of it within \(within)" : "other bytes: \(quoted(search.afterLongest, limit: 40))"
    } else if search.afterLongest.isEmpty {
      seen = "\(found) within \(within), and nothing after them"
    } else {
      seen = """
        \(found), then \(quoted(search.afterLongest, limit: 20)) instead of \(quoted(search.missing.prefix(20), limit: 20))
        """
    }
    throw StepFailure(
      expected:
        "the device prints \(data.name.isEmpty ? Self.title(of: data) : "the data '\(data.name)', byte for byte")",
      seen: seen,
      evidence: await record.device.lines(after: console.lines).suffix(3).map(\.evidence))
  }
}
