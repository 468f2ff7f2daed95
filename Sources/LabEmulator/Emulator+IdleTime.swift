// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Passing over time in which the guest only waits. The bundled machine does it itself (qemu/README.md, the properties of `/machine`); for
/// Espressif's the clock does that it goes by.
extension Emulator {
  /// Begins to watch whether the guest sends or receives something.
  /// - Returns: whether idle time can be skipped.
  public func expectQuiet() async throws -> Bool {
    if kind == .espressif {
      guard let clock, clock.isAttached else { return false }
      clock.expectQuiet()
      return true
    }
    do {
      try await setProperty("quiet", .boolean(true))
      return true
    } catch let error as LabError where error.code.hasPrefix("qmp.") {
      return false
    }
  }

  /// Lets the guest skip idle time: for so much of its own time, or until it sends or receives something, or for a short while of the
  /// host's time. A guest that did so since it was expected to be quiet skips nothing.
  /// - Parameter limit: how far at most, in nanoseconds.
  public func skipIdle(limit: UInt64) async throws {
    let deadline = MonotonicClock.now + Self.skipPatience
    try await startSkipping(limit: Int64(clamping: limit))
    while try await isSkipping, MonotonicClock.now < deadline { try? await Task.sleep(for: .microseconds(200)) }
    try await stopSkipping()
  }

  /// Reads a property of the machine.
  func property(_ name: String) async throws -> QMPValue {
    try await qmp.execute("qom-get", ["path": .string("/machine"), "property": .string(name)])
  }

  func setProperty(_ name: String, _ value: QMPValue) async throws {
    try await qmp.execute("qom-set", ["path": .string("/machine"), "property": .string(name), "value": value])
  }

  private func startSkipping(limit: Int64) async throws {
    guard let clock else { return try await setProperty(Self.skipProperty, .integer(limit)) }
    clock.startSkipping(limit: limit)
    // Whoever waits for the guest's next timer sees it before he waits again.
    try await qmp.execute("query-status")
  }

  private var isSkipping: Bool {
    get async throws {
      guard let clock else { return try await property(Self.skipProperty) != .integer(0) }
      return clock.isSkipping
    }
  }

  private func stopSkipping() async throws {
    guard let clock else { return try await setProperty(Self.skipProperty, .integer(0)) }
    clock.stopSkipping()
  }

  private static let skipProperty = "skip-idle"
  /// How long idle time is skipped without a look at what else goes on, in nanoseconds.
  private static let skipPatience: UInt64 = 30_000_000
}
