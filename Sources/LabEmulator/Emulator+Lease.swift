// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A lease of guest time: the guest stands still, its clock included, where whoever plays its surroundings does not get on.
extension Emulator {
  /// Lets the guest run for so much of its own time from now on. Then it stands until it is let run again. Time that is skipped comes on top.
  ///
  /// Espressif's emulator holds up a guest that waits, and not one that computes. Before the first call a guest runs without an end.
  /// - Parameter length: how long, in nanoseconds.
  public func grant(_ length: UInt64) async throws {
    let length = Int64(clamping: length)
    if let clock { return clock.grant(length, at: MonotonicClock.now) }
    try await setProperty("lease", .integer(length))
  }
}
