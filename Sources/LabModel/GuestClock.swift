// SPDX-License-Identifier: Apache-2.0

/// Maps the host's monotonic clock to guest time, in nanoseconds since the guest began to run.
///
/// While the guest executes, its clock counts instructions and drifts from the host's; samples of both clocks taken together
/// correct for that. Between samples guest time is taken to pass as host time does. From one sample to the next it may stand still, and never runs backwards.
/// An idle guest's clock can be made to jump: moments before the jump keep their time.
public struct GuestClock: Codable, Equatable, Sendable {
  private var hostSample: UInt64
  private var guestSample: UInt64
  private var latest: UInt64 = 0
  private var isSampled = false
  private var beforeJump: Sample?

  /// A reading of both clocks, in nanoseconds.
  private struct Sample: Codable, Equatable {
    var host: UInt64
    var guest: UInt64
  }

  /// How far guest time is taken to pass beyond a sample, in nanoseconds: some times the interval in which samples are taken.
  static let reach: UInt64 = 100_000_000

  /// - Parameter origin: the host's `CLOCK_MONOTONIC`, in nanoseconds, when the guest began to run.
  public init(origin: UInt64) {
    hostSample = origin
    guestSample = 0
  }

  /// Takes up a reading of both clocks.
  /// - Parameters:
  ///   - host: the host's `CLOCK_MONOTONIC` in nanoseconds.
  ///   - guest: the guest's clock at that moment, in nanoseconds since it began to run.
  public mutating func sample(host: UInt64, guest: UInt64) {
    guard host >= hostSample else { return }
    latest = guestTime(at: host)
    hostSample = host
    guestSample = guest
    isSampled = true
  }

  /// Takes up that the guest's clock was made to jump.
  /// - Parameters:
  ///   - host: the host's `CLOCK_MONOTONIC` in nanoseconds, when it was told to.
  ///   - guest: the guest's clock afterwards, in nanoseconds since it began to run.
  public mutating func jump(host: UInt64, guest: UInt64) {
    let before = guestTime(at: host)
    sample(host: host, guest: guest)
    if hostSample == host { beforeJump = Sample(host: host, guest: before) }
  }

  /// The guest time at a moment of the host's clock.
  /// - Parameter host: the host's `CLOCK_MONOTONIC` in nanoseconds; moments before the origin map to 0.
  /// - Returns: nanoseconds since the guest began to run.
  public func guestTime(at host: UInt64) -> UInt64 {
    if host >= hostSample {
      let passed = host - hostSample
      return max(latest, guestSample + (isSampled ? min(passed, Self.reach) : passed))
    }
    if let jump = beforeJump, host < jump.host {
      return jump.guest - min(jump.guest, jump.host - host)
    }
    return guestSample - min(guestSample, hostSample - host)
  }
}
