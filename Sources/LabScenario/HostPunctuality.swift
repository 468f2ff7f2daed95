// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Measures how late the host lets the lab go on after it slept, and so how long it may take whoever has something to do.
///
/// A host with time to spare is late by a millisecond or less; one that is overloaded, by tens of milliseconds.
struct HostPunctuality {
  /// How late it was in the last few sleeps, the longest delay counting most, in nanoseconds.
  private var lateness: UInt64 = Self.longest / Self.factor

  /// How long nothing must have happened before time is skipped, in nanoseconds of the host's clock: longer than the lab's peers take to react.
  var quiet: UInt64 { min(max(Self.shortest, Self.factor * lateness), Self.longest) }

  private static let shortest: UInt64 = 2_000_000
  private static let longest: UInt64 = 40_000_000
  private static let factor: UInt64 = 8

  /// Records how late the host was.
  /// - Parameter nanoseconds: by how much.
  mutating func wasLate(by nanoseconds: UInt64) { lateness = max(nanoseconds, lateness - lateness / 8) }

  /// Sleeps, and sees how late it wakes.
  /// - Parameter nanoseconds: how long.
  mutating func sleep(_ nanoseconds: UInt64) async {
    let end = MonotonicClock.now + nanoseconds
    try? await Task.sleep(for: .nanoseconds(nanoseconds), tolerance: .zero)
    let now = MonotonicClock.now
    wasLate(by: now - min(now, end))
  }
}
