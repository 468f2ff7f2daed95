// SPDX-License-Identifier: Apache-2.0
import LabModel

/// When something happened on the wire.
struct Moment: Equatable, Sendable {
  /// By the host's clock, in nanoseconds: when the network process dealt with it.
  var host: UInt64
  /// By the guest's clock, in nanoseconds, where the guest itself has told it.
  var guest: UInt64?
}

extension GuestClock {
  /// The guest time at a moment: as the guest has told it, or as readings of both clocks have it.
  func guestTime(at moment: Moment) -> UInt64 { moment.guest ?? guestTime(at: moment.host) }

  /// Whether what is told of a moment will not change any more with further readings.
  func isSettled(at moment: Moment) -> Bool { moment.guest != nil || isSettled(at: moment.host) }
}
