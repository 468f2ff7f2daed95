// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The connections that the device tries to open.
extension CheckRun {
  func expectDial(_ dial: DialExpectation, within: GuestDuration) async throws {
    let taken = takenAttempts
    let port = dial.port
    let begin = await record.guestTime
    var attempt: ConnectionLog.Attempt?
    while attempt == nil {
      let end = await deadline(of: dial, from: begin, within: within)
      let now = await record.guestTime
      guard now < end else { break }
      attempt = try await record.wait(GuestDuration(nanoseconds: end - now)) {
        $0.connections.attempts(at: port, after: taken).first
      }
    }
    guard let attempt else {
      if dial.isOptional { return }
      throw await noAttempt(dial, waited: GuestDuration(nanoseconds: await record.guestTime - begin).rounded)
    }
    takenAttempts = attempt.index + 1
    if let timing = dial.timing { try await judge(attempt, timing) }
  }

  /// How many attempts came, where steps leave that open.
  func dialCount(in steps: [Step]) async -> String? {
    let optional = steps.lazy.compactMap { step -> UInt16? in
      guard case .device(.dials(let dial)) = step.action, dial.isOptional else { return nil }
      return dial.port
    }.first
    guard let port = optional else { return nil }
    let count = await record.connections.attempts(at: port, after: start.attempts).count
    return "the device began \(count) connection attempts to port \(port)"
  }

  func expectQuiet(on port: UInt16, for duration: GuestDuration) async throws {
    let taken = takenAttempts
    let end = await record.guestTime + duration.nanoseconds
    let seen = try await record.pass(duration) { record in
      record.connections.attempts(at: port, after: taken).first { record.clock.guestTime(at: $0.time) < end }
    }
    guard let attempt = seen else { return }
    try await record.settleClock(at: attempt.time)
    let gap = await record.gap(of: attempt).map { ", \($0.rounded) after the one before it was over" } ?? ""
    throw StepFailure(
      expected: "the device begins no new connection attempt to port \(port) for \(duration)",
      seen: "a new attempt, number \(attempt.number) of the run at this port, came\(gap)",
      evidence: [attempt.evidence].compactMap { $0 }, facts: StepFacts(dialledPort: port))
  }

  /// Until when an attempt is waited for. With a time to keep, `within` begins when that is over.
  private func deadline(of dial: DialExpectation, from begin: UInt64, within: GuestDuration) async -> UInt64 {
    guard let timing = dial.timing else { return begin + within.nanoseconds }
    let log = await record.connections
    let previous = log.lastAttempt(at: dial.port, before: takenAttempts)
    // Where nobody answers, each SYN that is sent again moves the end.
    let clock = await record.clock
    let over = previous.flatMap { log[$0.connection]?.over }.map(clock.guestTime(at:)) ?? begin
    return over + timing.after.nanoseconds + timing.tolerance.nanoseconds + within.nanoseconds
  }

  private func judge(_ attempt: ConnectionLog.Attempt, _ timing: DialExpectation.Timing) async throws {
    try await record.settleClock(at: attempt.time)
    let expected = "\(Self.again(attempt.destination.port)) \(timing.summary) after the attempt before it failed"
    let attempts = await record.connections.attempts
    let before = attempt.previous.map { attempts[$0] }
    guard let gap = await record.gap(of: attempt) else {
      throw StepFailure(
        expected: expected, seen: "it came while the connection before it was still open",
        evidence: [before?.evidence, attempt.evidence].compactMap { $0 },
        facts: StepFacts(dialledPort: attempt.destination.port, gap: [.early]))
    }
    let tolerance = timing.tolerance.nanoseconds
    var misses: Set<AttemptGap> = []
    if gap.nanoseconds + tolerance < timing.after.nanoseconds { misses.insert(.early) }
    if !timing.mayBeLater, gap.nanoseconds > timing.after.nanoseconds + tolerance { misses.insert(.late) }
    guard !misses.isEmpty else { return }
    if Self.isInTicks(gap, instead: timing.after) { misses.insert(.ticks) }
    var seen = "it came after \(gap.rounded)"
    if let before, let gapBefore = await record.gap(of: before) {
      seen += "; the one before had come after \(gapBefore.rounded)"
      let difference = max(gap, gapBefore).nanoseconds - min(gap, gapBefore).nanoseconds
      if difference <= tolerance { misses.insert(.constant) }
    }
    throw StepFailure(
      expected: expected, seen: seen, evidence: [before?.evidence, attempt.evidence].compactMap { $0 },
      facts: StepFacts(dialledPort: attempt.destination.port, gap: misses))
  }

  /// Whether a gap is as long as where milliseconds or seconds are taken for ticks of 10 ms. A delay in ticks may be one short.
  private static func isInTicks(_ gap: GuestDuration, instead wanted: GuestDuration) -> Bool {
    let (gap, wanted) = (gap.seconds, wanted.seconds)
    return abs(gap / wanted - 10) < 0.5 || [wanted / 10, wanted / 100].contains { abs(gap - $0) <= 0.015 }
  }

  private func noAttempt(_ dial: DialExpectation, waited: GuestDuration) async -> StepFailure {
    let elsewhere = await record.connections.attempts.dropFirst(takenAttempts)
    let expected =
      dial.timing.map { "\(Self.again(dial.port)) \($0.summary) after the attempt before it failed" }
      ?? "the device dials port \(dial.port)"
    return StepFailure(
      expected: expected, seen: await dialSummary(elsewhere, waited: waited),
      evidence: await dialEvidence(elsewhere),
      facts: StepFacts(dialledPort: dial.port, gap: dial.timing == nil ? [] : [.late]))
  }

  /// What the device did instead of dialling where it should have.
  func dialSummary(_ elsewhere: ArraySlice<ConnectionLog.Attempt>, waited: GuestDuration) async -> String {
    if let other = elsewhere.last { return "it dialled \(other.destination) instead" }
    let query = await record.queries.dropFirst(start.queries).last
    let name = query.map { "; it asked for the name \(quoted(Array($0.name.utf8)))" } ?? ""
    return "no connection attempt within \(waited)\(name)"
  }

  /// The transcript lines that show it.
  func dialEvidence(_ elsewhere: ArraySlice<ConnectionLog.Attempt>) async -> [Evidence] {
    let queries = await record.queries.dropFirst(start.queries).suffix(2).map(\.evidence)
    let lines = await record.device.lines(after: start.lines).suffix(2).map(\.evidence)
    return (elsewhere.suffix(2).compactMap(\.evidence) + queries + lines).sorted { $0.line < $1.line }
  }

  private static func again(_ port: UInt16) -> String { "the device dials port \(port) again" }
}

extension DialExpectation.Timing {
  /// The time and how far off it may be.
  fileprivate var summary: String { mayBeLater ? "\(after) or more" : "\(after) ± \(tolerance)" }
}
