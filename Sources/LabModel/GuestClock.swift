// SPDX-License-Identifier: Apache-2.0

/// Maps the host's monotonic clock to guest time, in nanoseconds since the guest began to run.
///
/// While the guest executes, its clock counts instructions and drifts from the host's; samples of both clocks taken together
/// correct for that. Between two samples guest time is taken to pass evenly, beyond the last one as host time does. As long as moments come
/// in order it may stand still, and never runs backwards. An idle guest's clock can be made to jump: moments before the jump keep their time.
public struct GuestClock: Codable, Equatable, Sendable {
  /// A reading of both clocks, in nanoseconds.
  private struct Sample: Codable, Equatable {
    var host: UInt64
    var guest: UInt64
    /// Whether the guest's clock jumped just after the sample before it.
    var followsJump = false
  }

  /// How far guest time is taken to pass beyond a sample, in nanoseconds: some times the interval in which samples are taken.
  static let reach: UInt64 = 100_000_000
  /// How many samples are kept.
  private static let limit = 4096

  /// In the order of their times; at least one.
  private var samples: [Sample]
  private var last: Sample
  private var latest: UInt64 = 0
  private var isSampled = false

  /// - Parameter origin: the host's `CLOCK_MONOTONIC`, in nanoseconds, when the guest began to run.
  public init(origin: UInt64) {
    last = Sample(host: origin, guest: 0)
    samples = [last]
  }

  /// Whether what is told of a moment will not change any more with further samples.
  public func isSettled(at host: UInt64) -> Bool { !isSampled || host <= last.host }

  /// Takes up a reading of both clocks.
  /// - Parameters:
  ///   - host: the host's `CLOCK_MONOTONIC` in nanoseconds.
  ///   - guest: the guest's clock at that moment, in nanoseconds since it began to run.
  public mutating func sample(host: UInt64, guest: UInt64) {
    guard host >= last.host else { return }
    latest = guestTime(at: host)
    append(Sample(host: host, guest: guest))
  }

  /// Takes up that the guest's clock was made to jump.
  /// - Parameters:
  ///   - start: the host's `CLOCK_MONOTONIC` in nanoseconds, when it was told to.
  ///   - host: the same at a moment after the jump.
  ///   - guest: the guest's clock at that moment, in nanoseconds since it began to run.
  public mutating func jump(from start: UInt64, host: UInt64, guest: UInt64) {
    guard start >= last.host, host >= start else { return }
    latest = guestTime(at: start)
    // The guest may have come less far than was thought.
    append(Sample(host: start, guest: min(latest, guest)))
    append(Sample(host: host, guest: guest, followsJump: true))
  }

  /// The guest time at a moment of the host's clock.
  /// - Parameter host: the host's `CLOCK_MONOTONIC` in nanoseconds; moments before the origin map to 0.
  /// - Returns: nanoseconds since the guest began to run.
  public func guestTime(at host: UInt64) -> UInt64 {
    if host >= last.host {
      let passed = host - last.host
      return max(latest, last.guest + (isSampled ? min(passed, Self.reach) : passed))
    }
    let index = indexOfSample(after: host)
    let end = samples[index]
    guard index > 0 else { return end.guest - min(end.guest, end.host - host) }
    let begin = samples[index - 1]
    // What happens while the clock is told to jump is the consequence of the jump.
    if end.followsJump { return max(begin.guest, end.guest - min(end.guest, end.host - host)) }
    let part = Double(host - begin.host) / Double(end.host - begin.host)
    return begin.guest + UInt64(Double(end.guest - min(begin.guest, end.guest)) * part)
  }

  private mutating func append(_ sample: Sample) {
    last = sample
    samples.append(sample)
    if samples.count > 2 * Self.limit { samples.removeFirst(Self.limit) }
    isSampled = true
  }

  /// The first sample that is later than a moment; there is one.
  private func indexOfSample(after host: UInt64) -> Int {
    var low = 0
    var high = samples.count - 1
    while low < high {
      let middle = (low + high) / 2
      if samples[middle].host > host { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
