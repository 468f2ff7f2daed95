// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel

/// What the device logs of its attempts to open connections.
extension CheckRun {
  /// How far the console and the wire may be apart on the lab's clock.
  private static let slack = GuestDuration.milliseconds(100)

  func expectAttemptLog(_ expectation: AttemptLogExpectation) async throws {
    let (attempts, spans) = try await attemptSpans(at: expectation.port, limit: expectation.delays.count + 1)
    guard !attempts.isEmpty else {
      throw StepFailure(
        expected: "the device dials port \(expectation.port), and logs it", seen: "no connection attempt",
        facts: StepFacts(dialledPort: expectation.port))
    }
    let lines = await programLines()
    let isAlone = attempts.count == 1
    var delays = expectation.delays.map { [$0.seconds] }
    if !isAlone {
      delays = Array(delays.prefix(attempts.count - 1))
      for (index, attempt) in attempts.dropFirst().enumerated() {
        if let gap = await record.gap(of: attempt) { delays[index].append(gap.seconds) }
      }
    }
    // Where the wire shows no second attempt there is no order either: then the log has to have all that it should.
    let count = isAlone ? expectation.delays.count + 1 : attempts.count
    let log = AttemptLog(
      attempts: count, delays: delays, tolerance: expectation.tolerance.seconds,
      lines: lines.compactMap { line in
        let places = isAlone ? 0...count - 1 : Self.places(of: line, in: spans)
        return places.map { AttemptLog.Line(text: Self.message(line), attempts: $0) }
      })
    guard let missing = log.missing else { return }
    throw failure(missing, delays: delays, lines, attempts: attempts, spans: spans, port: expectation.port)
  }

  /// The device's attempts at a port since the check began or restarted it, until it restarts by itself, and what counts as the time of each: from the middle of
  /// the delay before it to the middle of the one after it.
  /// - Parameter limit: how many are looked at.
  private func attemptSpans(
    at port: UInt16, limit: Int
  ) async throws -> (attempts: [ConnectionLog.Attempt], spans: [Range<UInt64>]) {
    var attempts = await record.connections.attempts(at: port, after: start.attempts)
    if let last = attempts.last { try await record.settleClock(at: last.time) }
    let restart = attempts.dropFirst().firstIndex { $0.previous == nil } ?? attempts.endIndex
    attempts.removeLast(attempts.endIndex - restart)
    var begins: [UInt64] = []
    let clock = await record.clock
    for attempt in attempts.prefix(limit + 1) {
      let gap = await record.gap(of: attempt)?.nanoseconds ?? 0
      begins.append(clock.guestTime(at: attempt.time) - gap / 2)
    }
    if !begins.isEmpty { begins[0] = 0 }
    let spans = begins.enumerated().map { index, begin in
      begin..<max(begin, index + 1 < begins.count ? begins[index + 1] : .max)
    }
    return (Array(attempts.prefix(limit)), Array(spans.prefix(limit)))
  }

  private func programLines() async -> [DeviceFacts.Line] {
    await record.device.lines(after: console.lines).filter {
      $0.origin == .program && !SystemLog.isOfROM($0.evidence.entry.text)
    }
  }

  /// During which attempts a line was printed; nil if later.
  private static func places(of line: DeviceFacts.Line, in spans: [Range<UInt64>]) -> ClosedRange<Int>? {
    let end = line.evidence.entry.time + slack.nanoseconds
    let begin = line.began - min(slack.nanoseconds, line.began)
    let places = spans.indices.filter { spans[$0].lowerBound <= end && spans[$0].upperBound > begin }
    return places.first.flatMap { first in places.last.map { first...$0 } }
  }

  /// What a line says, without what the log prints before it.
  private static func message(_ line: DeviceFacts.Line) -> String {
    let text = line.evidence.entry.text
    return LogLine(text)?.text ?? text
  }

  private func failure(
    _ missing: AttemptLog.Entry, delays: [[Double]], _ lines: [DeviceFacts.Line], attempts: [ConnectionLog.Attempt],
    spans: [Range<UInt64>], port: UInt16
  ) -> StepFailure {
    let place: Int
    let (expected, seen): (String, String)
    switch missing {
    case .number(let attempt):
      place = attempt
      expected = "the device logs attempt \(attempt + 1) with its number"
      seen = "no line of that time has a \(attempt + 1) that tells it"
    case .delay(let attempt):
      place = attempt
      let length = GuestDuration(nanoseconds: UInt64((delays[attempt].last ?? 0) * 1e9)).rounded
      expected = "the device logs the delay after attempt \(attempt + 1) with its length, in seconds or milliseconds"
      seen = "the device waited \(length), and no line of that time tells it"
    }
    let near = lines.filter { Self.places(of: $0, in: spans)?.contains(place) ?? false }.prefix(3).map(\.evidence)
    let attempt = attempts.indices.contains(place) ? attempts[place].evidence : nil
    return StepFailure(
      expected: expected, seen: seen,
      evidence: ([attempt].compactMap(\.self) + near).sorted { $0.line < $1.line }, facts: StepFacts(dialledPort: port))
  }
}
