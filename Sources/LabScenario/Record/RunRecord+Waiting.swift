// SPDX-License-Identifier: Apache-2.0
import LabModel

extension RunRecord {
  /// How many are waiting.
  var waiting: Int { waiters.count }

  /// How often the device may restart by itself while a step waits: more, and it will not do what the step waits for.
  private static let restartsPerWait = 3

  /// Waits until a condition holds.
  /// - Parameters:
  ///   - duration: the guest time after which waiting ends.
  ///   - isStep: whether a step waits, and not something that goes on beside the steps.
  ///   - condition: looked at now and whenever something changes.
  /// - Returns: what the condition returned, or nil when the time was over or the device restarted again and again.
  /// - Throws: `StepFailure` for a step when the interrupt watchdog has restarted the device, where it may bite by chance; `LabError` when the run
  ///   cannot go on, `CancellationError` when the run is being ended.
  func wait<Found: Sendable>(
    _ duration: GuestDuration, isStep: Bool = true, until condition: @Sendable (isolated RunRecord) -> Found?
  ) async throws -> Found? {
    let deadline = guestTime + duration.nanoseconds
    waits += 1
    let wait = waits
    deadlines[wait] = deadline
    if isStep { waitingSteps += 1 }
    defer {
      deadlines[wait] = nil
      if isStep { waitingSteps -= 1 }
      // Whoever waited goes on now.
      lastEvent = now()
    }
    var patience = HostPatience(for: duration, from: ownTime)
    let (reboots, bites) = (device.reboots, device.bites.count)
    while true {
      await passHold()
      try Task.checkCancellation()
      if let found = condition(self) { return found }
      if let failure { throw failure }
      // Not at the bite itself: what the panic says is printed between the two.
      if isStep, mayBiteWrongly, device.bites.count > bites, device.reboots > reboots {
        throw StepFailure(
          expected: "the device runs on", seen: "the interrupt watchdog restarted the device",
          evidence: [device.bites.last].compactMap(\.self))
      }
      if knownTime >= deadline || device.reboots - reboots >= Self.restartsPerWait { return nil }
      if ownTime >= patience.next { try patience.look(at: ownTime, emulatorTime: await emulatorTime()) }
      await change()
    }
  }

  /// Waits until what is known of the guest's time at a moment will not change any more.
  func settleClock(at moment: Moment) async throws {
    let patience = ownTime + HostPatience.answer
    while !clock.isSettled(at: moment) {
      try Task.checkCancellation()
      if let failure { throw failure }
      if ownTime >= patience { throw HostPatience.exhausted }
      await change()
    }
  }

  /// How long after the end of the attempt before it one came, in nanoseconds of guest time; nil where that was still open, or there is none.
  func gap(of attempt: ConnectionLog.Attempt) -> GuestDuration? {
    guard let over = attempt.previousOver.map(clock.guestTime(at:)) else { return nil }
    let time = clock.guestTime(at: attempt.time)
    return GuestDuration(nanoseconds: time - min(over, time))
  }

  /// How much guest time may be passed over while all that the steps do is wait: until the first of the waits under way ends.
  /// - Parameter quiet: for how many nanoseconds of the host's clock nothing must have happened.
  /// - Returns: nanoseconds; nil when no step waits, or something happened since.
  func idleTime(quiet: UInt64) -> UInt64? {
    guard failure == nil, waitingSteps > 0, woken == 0, !isPeerBehind, !isSearchBehind,
      let end = deadlines.values.min(), now() - min(lastEvent, now()) >= quiet
    else {
      return nil
    }
    let time = guestTime
    return end > time ? end - time : nil
  }

  /// The same while the device has not acknowledged what it was sent: libslirp sends it again before long, by the host's clock, and the
  /// device is to see that come when it would.
  func unacknowledgedIdleTime(quiet: UInt64) -> UInt64? {
    guard let limit = idleTime(quiet: quiet) else { return nil }
    if now() - min(lastEvent, now()) >= Self.resendQuiet { return limit }
    let passed = guestTime - min(clock.guestTime(at: lastEvent), guestTime)
    return passed < Self.resendTime ? min(limit, Self.resendTime - passed) : nil
  }

  /// How much longer nothing may happen until it has been quiet for so long; nil when no step waits, or it has been.
  /// - Parameter quiet: nanoseconds of the host's clock.
  func untilQuiet(_ quiet: UInt64) -> UInt64? {
    let passed = now() - min(lastEvent, now())
    return waitingSteps > 0 && passed < quiet ? quiet - passed : nil
  }

  /// Less than libslirp takes to send a segment again: two of its half-second ticks (`TCPTV_MIN`), the first of which may be under way.
  private static let resendTime: UInt64 = 400_000_000
  /// How long by the host's clock it is quiet only when a segment is not about to be sent again.
  private static let resendQuiet: UInt64 = 1_500_000_000

  /// Whether the wire shows connections or bytes that are still on their way to the lab's own peers inside a busy host.
  private var isPeerBehind: Bool {
    for (stream, key) in streamKeys {
      guard let received = streams[stream], !received.ended, let facts = facts(key) else { continue }
      if facts.delivered > received.received || hasJustEnded(facts) { return true }
    }
    return servers.contains { server in
      let connected = connections.passed(to: server, among: servers).count { connections[$0.connection]?.synAck != nil }
      return connected > server.arrived
    }
  }

  /// Whether the device has ended a connection so lately that its peer may not have heard of it.
  private func hasJustEnded(_ facts: ConnectionFacts) -> Bool {
    guard facts.deviceFIN != nil || facts.deviceReset != nil, let end = facts.lastEnd else { return false }
    return now() - min(end.host, now()) < Self.endTime
  }

  /// How long the news of an end may take inside the host, in nanoseconds of its clock.
  private static let endTime: UInt64 = 1_000_000_000

  /// Whether something that a peer has received is still to be looked at.
  private var isSearchBehind: Bool { streams.values.contains(where: \.isBehind) }

  /// Takes up that the lab does something with the device that leaves no line in the transcript.
  func stir() { lastEvent = now() }

  /// Takes up a reading of both clocks, unless the guest's is being moved.
  /// - Parameter read: reads them; it may take its time.
  /// - Returns: what was read.
  func sampleClock(
    _ read: @Sendable () async throws -> (host: UInt64, guest: UInt64)?
  ) async -> (host: UInt64, guest: UInt64)? {
    guard !isHeld, !isReadingClock else { return nil }
    isReadingClock = true
    defer {
      isReadingClock = false
      changed()
    }
    guard let reading = try? await read() else { return nil }
    sampleClock(host: reading.host, guest: reading.guest)
    return reading
  }

  /// Holds up what arrives from the device, and whoever waits, until `release`: the guest's clock is about to be moved. A reading of the clocks that is under
  /// way comes first: one half before and one half after would mean nothing.
  func hold() async {
    while isReadingClock { await change() }
    isHeld = true
  }

  /// Lets what arrives go on.
  func release() {
    isHeld = false
    changed()
  }

  /// Waits while what arrives is held up.
  func passHold() async {
    while isHeld, !Task.isCancelled { await change() }
  }

  /// The host's clock without the time in which the lab itself was held up, in nanoseconds.
  var ownTime: UInt64 { now() - min(heldUp, now()) }

  /// Takes up that the lab itself was held up.
  /// - Parameter duration: for how long, in nanoseconds.
  func wasHeldUp(for duration: UInt64) { heldUp += duration }

  /// Waits until something changes.
  func change() async {
    await withCheckedContinuation { waiters.append($0) }
    woken -= 1
  }

  /// Lets every wait look again; called whenever something changed, and regularly, since time passes too.
  func changed() {
    let resumed = waiters
    waiters = []
    woken += resumed.count
    for waiter in resumed { waiter.resume() }
  }
}
