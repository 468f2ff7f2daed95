// SPDX-License-Identifier: Apache-2.0

/// A length of guest time, written in lab files as `200ms`, `2s`, `1.5s` or `2min`.
public struct GuestDuration: Codable, Comparable, Hashable, Sendable, CustomStringConvertible {
  /// The length in nanoseconds.
  public var nanoseconds: UInt64

  /// - Parameter nanoseconds: the length in nanoseconds.
  public init(nanoseconds: UInt64) {
    self.nanoseconds = nanoseconds
  }

  /// - Parameter milliseconds: the length in milliseconds.
  public static func milliseconds(_ milliseconds: UInt64) -> GuestDuration {
    GuestDuration(nanoseconds: milliseconds * 1_000_000)
  }

  /// - Parameter seconds: the length in seconds.
  public static func seconds(_ seconds: UInt64) -> GuestDuration {
    .milliseconds(seconds * 1000)
  }

  /// Reads a number with a unit: `us`, `ms`, `s` or `min`.
  /// - Returns: nil if the text is not such a length, is negative, or is longer than a day.
  public init?(_ text: String) {
    let units: [(suffix: String, nanoseconds: Double)] = [
      ("us", 1e3), ("ms", 1e6), ("min", 60e9), ("s", 1e9),
    ]
    let text = text.filter { $0 != " " }
    guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
    let number = text.dropLast(unit.suffix.count)
    guard number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let value = Double(number) else {
      return nil
    }
    let nanoseconds = value * unit.nanoseconds
    guard nanoseconds <= 86_400e9 else { return nil }
    self.nanoseconds = UInt64(nanoseconds.rounded())
  }

  /// The length in seconds.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The length to the millisecond, as measurements are told; shorter ones are what they are.
  public var rounded: GuestDuration {
    nanoseconds < 10_000_000 ? self : .milliseconds((nanoseconds + 500_000) / 1_000_000)
  }

  /// The length as lab files write it, with a space before the unit.
  public var description: String {
    if nanoseconds % 1_000_000_000 == 0 { return "\(nanoseconds / 1_000_000_000) s" }
    if nanoseconds >= 1_000_000_000 { return "\(Double(nanoseconds / 1_000_000) / 1000) s" }
    return "\(Double(nanoseconds / 1000) / 1000) ms".replacingSuffix(".0 ms", with: " ms")
  }

  /// Whether one length is shorter than another.
  public static func < (left: GuestDuration, right: GuestDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, with replacement: String) -> String {
    hasSuffix(suffix) ? dropLast(suffix.count) + replacement : self
  }
}
