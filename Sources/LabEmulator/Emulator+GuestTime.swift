// SPDX-License-Identifier: Apache-2.0
import LabModel

extension Emulator {
  /// Reads the guest's clock.
  /// - Returns: nanoseconds since the guest began to run, on Espressif's machine to a few milliseconds; `nil` on an emulator that does
  ///   not tell.
  public func guestTime() async throws -> UInt64? {
    do {
      return switch kind {
      case .bundled: try await time("guest-time-ns")
      case .espressif: try await guestTimeByDrift()
      }
    } catch let error as LabError where error.code.hasPrefix("qmp.") {
      return nil
    }
  }

  /// Reads for how much of the guest's time its processor ran, and did not wait for an interrupt.
  /// - Returns: nanoseconds; `nil` on an emulator that does not tell, as Espressif's.
  public func busyTime() async throws -> UInt64? {
    guard kind == .bundled else { return nil }
    return try await time("busy-time-ns")
  }

  private func time(_ name: String) async throws -> UInt64? {
    guard case .integer(let time) = try await property(name) else { return nil }
    return UInt64(exactly: time)
  }

  /// What QEMU says of itself with `-icount`: by how much its guest's clock is behind the host's, both counted while the machine runs
  /// (`dump_drift_info()` in its `accel/tcg`).
  private func guestTimeByDrift() async throws -> UInt64? {
    let start = MonotonicClock.now
    let answer = try await qmp.execute("human-monitor-command", ["command-line": .string("info jit")])
    let end = MonotonicClock.now
    guard case .string(let text) = answer, let drift = ClockDrift(monitorText: text) else { return nil }
    // Answering, the emulator has taken from its clock what it had to.
    let time = ownTime(at: start + (end - start) / 2)
    let running = runningTime.withLock { $0.length(at: time) }
    return drift.guestTime(at: running)
  }

  /// Reads the guest's clock and the host's together. An answer that took long says little about when it was given: the quickest of
  /// a few counts.
  /// - Returns: nil on an emulator that does not tell.
  public func readClocks() async throws -> (host: UInt64, guest: UInt64)? {
    var best: (host: UInt64, guest: UInt64)?
    var shortest = UInt64.max
    for _ in 0..<5 {
      let start = MonotonicClock.now
      guard let guest = try await guestTime() else { return nil }
      let length = MonotonicClock.now - start
      if length < shortest {
        shortest = length
        best = (start + length / 2, guest)
      }
      if length <= Self.clockPrecision { break }
    }
    return best
  }

  /// How long an answer about the guest's clock may take, in nanoseconds.
  private static let clockPrecision: UInt64 = 4_000_000
}

/// For how long a machine has run by the clock that it goes by, pauses left out. All times are in nanoseconds.
struct RunningTime: Hashable, Sendable {
  /// When it was last let go; nil while it stands still.
  private var since: UInt64?
  private var before: UInt64 = 0

  /// - Parameter start: when it began to run.
  init(start: UInt64) {
    since = start
  }

  /// It stands still from now on.
  mutating func stop(at time: UInt64) {
    before = length(at: time)
    since = nil
  }

  /// It runs from now on.
  mutating func go(at time: UInt64) {
    before = length(at: time)
    since = time
  }

  /// How long it has run.
  func length(at time: UInt64) -> UInt64 {
    guard let since, time > since else { return before }
    return before + (time - since)
  }
}

/// By how much the guest's clock is behind the host's.
struct ClockDrift: Hashable, Sendable {
  /// Milliseconds; less than 0 where the guest's is ahead.
  var milliseconds: Int64

  /// Reads it from what the monitor answers to `info jit`, in the line `Host - Guest clock  12 ms`.
  /// - Returns: nil if there is no such line, as in a machine that does not count instructions.
  init?(monitorText: String) {
    let line = monitorText.split(whereSeparator: \.isNewline).first { $0.hasPrefix("Host - Guest clock ") }
    guard let words = line?.split(separator: " "), words.count == 6, words[5] == "ms", let value = Int64(words[4]),
      abs(value) < 1_000_000_000
    else { return nil }
    milliseconds = value
  }

  /// - Parameter running: for how long the machine has run, in nanoseconds.
  /// - Returns: the guest's clock, in nanoseconds.
  func guestTime(at running: UInt64) -> UInt64 {
    let drift = UInt64(milliseconds.magnitude) * 1_000_000
    return milliseconds < 0 ? running + drift : running - min(running, drift)
  }
}
