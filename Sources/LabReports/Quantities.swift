// SPDX-License-Identifier: Apache-2.0

/// Numbers as reports write them.
enum Quantity {
  /// A length of time: `0.31 s`, `12.3 s`, `2 min 5 s`.
  /// - Parameter seconds: the length; a negative one or none is written as 0.
  static func duration(seconds: Double) -> String {
    let seconds = seconds.isFinite ? max(0, seconds) : 0
    if seconds < 9.995 { return decimal(seconds, places: 2) + " s" }
    if seconds < 59.95 { return decimal(seconds, places: 1) + " s" }
    let whole = Int(min(seconds, 1e9).rounded())
    return "\(whole / 60) min \(whole % 60) s"
  }

  /// A length of time that nobody knows well: `7 s`, `12 min`, `2 h 5 min`.
  /// - Parameter seconds: the length; less than one is written as one.
  static func estimate(seconds: Double) -> String {
    let whole = Int(min(max(1, seconds.isFinite ? seconds : 0), 1e9).rounded())
    if whole < 100 { return "\(whole) s" }
    let minutes = (whole + 30) / 60
    return minutes < 100 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// A length of time.
  /// - Parameter nanoseconds: the length; 0 is written as nothing, since nothing was timed.
  static func duration(nanoseconds: UInt64) -> String {
    nanoseconds == 0 ? "" : duration(seconds: Double(nanoseconds) / 1e9)
  }

  /// A moment of guest time, as the transcript writes it: seconds with three places.
  static func clock(nanoseconds: UInt64) -> String {
    let milliseconds = nanoseconds / 1_000_000
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }

  /// A mean of points: whole, or with one place.
  static func points(_ value: Double) -> String {
    let text = decimal(value, places: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number of things: `1 check`, `2 checks`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func decimal(_ value: Double, places: Int) -> String {
    let scale = places == 2 ? 100 : 10
    let scaled = Int((value * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
