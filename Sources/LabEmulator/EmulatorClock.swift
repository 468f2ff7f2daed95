// SPDX-License-Identifier: Apache-2.0
import CEmulatorClock
import Foundation
import LabModel

/// The lab's side of the clock that stands between Espressif's emulator and the computer's (`Sources/emulator-clock`).
///
/// The emulator may be hostile by then, and cut the file off: it is read and written, not mapped.
struct EmulatorClock: Sendable {
  private let file: FileHandle

  /// Makes the file.
  /// - Parameter path: where; the emulator has to find it there.
  /// - Throws: `LabError` if it cannot be written.
  init(path: String) throws {
    let contents = Data(count: MemoryLayout<shared_clock>.size)
    guard FileManager.default.createFile(atPath: path, contents: contents),
      let file = FileHandle(forUpdatingAtPath: path)
    else {
      throw LabError(code: "run.folder", message: "\(path) cannot be written", remedy: "Is the disk full?")
    }
    self.file = file
  }

  /// The environment variable that tells the emulator where the file is.
  static let variable = "LAB_EMULATOR_CLOCK"

  /// Whether there is an emulator that goes by this clock.
  var isAttached: Bool { isSet(\.attached) }

  /// What the emulator's clock shows at a moment of `CLOCK_MONOTONIC`: without the computer's stalls and with what has been skipped until now.
  /// - Parameter time: the moment, not long ago, in nanoseconds.
  func reading(at time: UInt64) -> UInt64 {
    let reading = Int64(clamping: time).addingReportingOverflow(read(\.offset) ?? 0).partialValue
    let lease = read(\.lease) ?? 0
    return UInt64(clamping: lease == 0 ? reading : min(reading, lease))
  }

  /// Lets the emulator's clock go on for so long; then it stands until it is let go again.
  /// - Parameters:
  ///   - length: how long, in nanoseconds.
  ///   - time: the moment, as for ``reading(at:)``. Idle time must not be skipped then.
  func grant(_ length: Int64, at time: UInt64) {
    write(Int64(clamping: reading(at: time)).addingReportingOverflow(length).partialValue, to: \.lease)
  }

  /// Whether idle time is being skipped.
  var isSkipping: Bool { isSet(\.skips) }

  /// Begins to watch whether the guest sends or receives something.
  func expectQuiet() { write(UInt8(1), to: \.quiet) }

  /// Lets idle time be skipped, as long as the guest is quiet.
  /// - Parameter limit: how much at most, in nanoseconds.
  func startSkipping(limit: Int64) {
    write(limit, to: \.limit)
    write(UInt8(1), to: \.skips)
  }

  /// Ends it.
  func stopSkipping() { write(UInt8(0), to: \.skips) }

  private func isSet(_ field: PartialKeyPath<shared_clock> & Sendable) -> Bool {
    var value: UInt8 = 0
    return pread(file.fileDescriptor, &value, 1, offset(of: field)) == 1 && value != 0
  }

  /// A number that the emulator may be about to change: twice the same is a whole one.
  private func read(_ field: PartialKeyPath<shared_clock> & Sendable) -> Int64? {
    var last: Int64?
    for _ in 0..<Self.attempts {
      var value: Int64 = 0
      let size = MemoryLayout<Int64>.size
      guard pread(file.fileDescriptor, &value, size, offset(of: field)) == size else { return nil }
      if value == last { return value }
      last = value
    }
    return last
  }

  private func write<Value: FixedWidthInteger>(_ value: Value, to field: PartialKeyPath<shared_clock> & Sendable) {
    // An emulator that took the room away goes without.
    _ = withUnsafeBytes(of: value) { pwrite(file.fileDescriptor, $0.baseAddress, $0.count, offset(of: field)) }
  }

  private func offset(of field: PartialKeyPath<shared_clock>) -> off_t {
    off_t(MemoryLayout<shared_clock>.offset(of: field) ?? 0)
  }

  private static let attempts = 4
}
