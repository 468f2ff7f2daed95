// SPDX-License-Identifier: Apache-2.0
import LabModel

/// How long the lab waits, by the host's clock, for guest time to pass before it gives up. Whether the host or the program is at fault is told by the processor
/// time that the emulator has had: a host that is busy gives it little.
struct HostPatience {
  private let limit: UInt64
  private let end: UInt64
  private var last: (time: UInt64, emulatorTime: UInt64)?
  /// When to look next, by the host's clock.
  private(set) var next: UInt64

  /// - Parameters:
  ///   - duration: the guest time that is to pass.
  ///   - start: now, by the host's clock in nanoseconds.
  init(for duration: GuestDuration, from start: UInt64) {
    limit = Self.limit(for: duration)
    end = start + limit * Self.extensions
    next = start + limit / 2
  }

  /// Looks whether it is any use to wait on. The first look only begins to measure.
  /// - Parameters:
  ///   - time: now, by the host's clock in nanoseconds.
  ///   - emulatorTime: the emulator's processor time, in nanoseconds; nil if nobody tells.
  /// - Throws: `ProcessEnd.slow` if the emulator has had the processor, `exhausted` if the host does not get on.
  mutating func look(at time: UInt64, emulatorTime: UInt64?) throws(LabError) {
    guard let emulatorTime else {
      guard time >= end else { return next = time + limit / 2 }
      throw Self.exhausted
    }
    if let last, time > last.time {
      let share = Double(emulatorTime - min(last.emulatorTime, emulatorTime)) / Double(time - last.time)
      if share >= Self.ownShare { throw ProcessEnd.slow }
    }
    if time >= end { throw Self.exhausted }
    last = (time, emulatorTime)
    next = time + limit / 2
  }

  /// Host nanoseconds for a length of guest time, of which the emulator has its half: a guest that is slower than a twentieth of real time then is not waited for.
  static func limit(for duration: GuestDuration) -> UInt64 {
    duration.nanoseconds * 10 + answer
  }

  /// How often as long a host may take on which the emulator gets less.
  private static let extensions: UInt64 = 3
  /// The share of a processor with which an emulator gets on, if the program lets it.
  private static let ownShare = 0.5

  /// How long a process of the run may take to answer, in nanoseconds of the host's clock.
  static let answer: UInt64 = 60_000_000_000

  /// The error that ends a run on a host that does not get on.
  static let exhausted = LabError(
    code: "run.host-overloaded", message: "the emulated device got too little processor time to be judged",
    remedy: "Run it again when the machine is less busy.")
}
