// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork

/// Attends the device: looks again and again at how far its clock has come, sees to it that everything that it did until then is known, and lets it run
/// on for a while.
///
/// So the device's time stands still where the lab, the network or their host do not get on, and a step that ends with its time has seen all
/// that happened in it. While the device idles, the wire is quiet and the lab itself only waits, its clock is taken over the stretch in
/// which nobody has anything to do. What the guest sees is what it would see in real time.
struct Attendant: Sendable {
  let record: RunRecord
  let emulator: Emulator
  let network: NetworkSession

  /// How long the guest may run unattended, in nanoseconds of its time: less than any time-out that it may have.
  static let lease: UInt64 = 100_000_000
  /// How often it is attended, in nanoseconds of the host's clock.
  private static let interval: UInt64 = 25_000_000
  /// By how much both are longer where no step waits and nothing happens. Each time wakes the emulator: an idle board is to cost nearly nothing.
  private static let ease: UInt64 = 4
  private static let shortestPause: UInt64 = 1_000_000
  private static let longestPause: UInt64 = 10_000_000

  /// Goes on until the task is cancelled, or the run cannot go on.
  func run() async {
    var next: UInt64 = 0
    var punctuality = HostPunctuality()
    while !Task.isCancelled, await record.failure == nil {
      if await record.isAttendanceDue(next) {
        let ease = await record.isAtRest ? Self.ease : 1
        next = MonotonicClock.now + Self.interval * ease
        await attend(lease: Self.lease * ease)
      }
      let quiet = punctuality.quiet
      if await record.idleTime(quiet: quiet) != nil, await skipIdleTime(quiet: quiet) {
        next = 0
        continue
      }
      let pause = min(await record.untilAttendanceIsDue(next), await record.untilQuiet(quiet) ?? Self.longestPause)
      await punctuality.sleep(max(Self.shortestPause, min(pause, Self.longestPause)))
    }
  }

  /// Finds out what the device has done until now, and lets it run on.
  private func attend(lease: UInt64) async {
    guard let (host, guest) = await record.sampleClock({ try await emulator.readClocks() }) else { return }
    // All that the device had sent by then is known once the network process has answered.
    let token = await record.newToken()
    guard (try? await network.send(.clock(host: host, guest: guest), .synchronize(token: token))) != nil,
      await record.synchronization(token) != nil
    else { return }
    await record.hear(emulator.uart.arrived)
    await record.attended(to: guest)
    // An emulator that has ended is told by the run itself.
    try? await emulator.grant(lease)
  }

  /// Passes over what may be passed over now. Returns whether that was worth it: a guest that computes has no idle time.
  private func skipIdleTime(quiet: UInt64) async -> Bool {
    guard let isWatched = try? await emulator.expectQuiet(), isWatched else { return false }
    guard let answer = await askNetwork(), answer.inFlight == 0 else { return false }
    // What the guest does after the jump is known before the jump is: it has to wait for its time.
    await record.hold()
    let isSkipped = await skip(answer, quiet)
    await record.release()
    return isSkipped
  }

  private func skip(_ answer: NetworkSynchronization, _ quiet: UInt64) async -> Bool {
    let limit =
      answer.unacknowledged == 0
      ? await record.idleTime(quiet: quiet) : await record.unacknowledgedIdleTime(quiet: quiet)
    guard let limit, await record.hasHeard(emulator.uart.arrived) else { return false }
    let before = await record.guestTime
    let start = MonotonicClock.now
    guard (try? await emulator.skipIdle(limit: limit)) != nil, let (host, guest) = try? await emulator.readClocks()
    else {
      return false
    }
    await record.jumped(from: start, host: host, guest: guest)
    try? await network.send(.clock(host: host, guest: guest, jumpedFrom: start))
    return guest > before + 2 * (host - start)
  }

  /// Asks the network process what is under way; nil if it does not answer.
  private func askNetwork() async -> NetworkSynchronization? {
    let token = await record.newToken()
    guard (try? await network.send(.synchronize(token: token))) != nil else { return nil }
    return await record.synchronization(token)
  }
}
