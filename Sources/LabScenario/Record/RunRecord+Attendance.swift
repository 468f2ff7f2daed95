// SPDX-License-Identifier: Apache-2.0
import LabModel

/// How far the device is attended (``Attendant``).
extension RunRecord {
  /// Guest time up to which everything that the device did is known. Where nobody attends it, that is taken to be so until now.
  var knownTime: UInt64 { knownUntil ?? guestTime }

  /// Records that everything the device did before a moment is known.
  /// - Parameter guest: guest time, as the emulator tells it.
  func attended(to guest: UInt64) {
    let alone = guest - min(lastLook, guest)
    if alone > Self.longestLapse {
      lapses += 1
      add(.lab, "the host held up the lab while the device ran on for \(GuestDuration(nanoseconds: alone).rounded)")
    }
    lastLook = guest
    knownUntil = max(knownUntil ?? 0, guest)
    changed()
  }

  /// Whether to look at the device now.
  /// - Parameter time: when it is due at the latest, by the host's clock.
  func isAttendanceDue(_ time: UInt64) -> Bool { untilAttendanceIsDue(time) == 0 }

  /// How long it is until the device is to be looked at: until a time by the host's clock, or the first of the waits under way seems to be over.
  /// - Parameter time: when it is due at the latest.
  /// - Returns: nanoseconds of the host's clock.
  func untilAttendanceIsDue(_ time: UInt64) -> UInt64 {
    let (host, guest) = (now(), guestTime)
    let left = time - min(time, host)
    guard let end = deadlines.values.min(), end > knownTime else { return left }
    return min(left, end - min(end, guest))
  }

  /// Whether no step waits, and nothing has happened for a while.
  var isAtRest: Bool { waitingSteps == 0 && now() - min(lastEvent, now()) >= Self.restTime }

  private static let restTime: UInt64 = 200_000_000

  /// Waits until so many bytes of the console, in all, have been dealt with. A device that prints faster than they are is not waited for.
  func hear(_ bytes: Int) async {
    // Not by the clock: the lab itself may be what the host holds up.
    for _ in 0..<Self.hearingRounds {
      if hasHeard(bytes) || Task.isCancelled { return }
      try? await Task.sleep(for: .milliseconds(1))
    }
  }

  private static let hearingRounds = 2000
  /// How long the device may run unattended before that is worth a thought, in nanoseconds of its time: a lease and what may be left of the one before
  /// are less.
  private static let longestLapse = 9 * Attendant.lease
}
