// SPDX-License-Identifier: Apache-2.0

/// A number that stands alone in a log line, in the digits of any script.
///
/// It may touch punctuation, and letters on one side of it: `(2)`, `2nd`, `第2次`, `2000ms`. Digits of an identifier that has others too (`0x1f`,
/// `a1b2`), of an address and of a version are none.
struct LoggedNumber: Equatable, Sendable {
  /// A unit of time, by its symbol or how its name begins: enough to see that a number is not meant in another one.
  enum Unit: Sendable { case milliseconds, seconds, minutes }

  /// What it says.
  var value: Double
  /// Whether it is written without a fraction.
  var isWhole: Bool
  /// The unit that follows it, where that is a known one.
  var unit: Unit?

  /// The numbers of a text, from left to right. What can be read in two ways, as `2,500` can, is in the result in both.
  /// - Parameter text: a line, without what a log prints before the message.
  static func all(in text: String) -> [LoggedNumber] {
    let scalars = Array(text.unicodeScalars)
    var numbers: [LoggedNumber] = []
    var index = 0
    while index < scalars.count {
      if scalars[index].digit == nil {
        if let value = scalars[index].singleNumber { numbers.append(LoggedNumber(value: value, isWhole: true)) }
        index += 1
        continue
      }
      let end = endOfNumeral(scalars, from: index)
      if standsAlone(index..<end, in: scalars) {
        let unit = unit(scalars[end...])
        numbers += readings(scalars[index..<end]).map { LoggedNumber(value: $0.value, isWhole: $0.isWhole, unit: unit) }
      }
      index = end
    }
    return numbers
  }

  /// Digits, and what separates their groups.
  private static func endOfNumeral(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var end = start
    while end < scalars.count {
      if scalars[end].digit == nil {
        let separates = scalars[end] == "." || scalars[end] == ","
        guard separates, end + 1 < scalars.count, scalars[end + 1].digit != nil else { break }
      }
      end += 1
    }
    return end
  }

  /// Whether the word around a numeral has no other digits.
  private static func standsAlone(_ numeral: Range<Int>, in scalars: [Unicode.Scalar]) -> Bool {
    let before = scalars[..<numeral.lowerBound].reversed().prefix(while: \.isOfIdentifier)
    let after = scalars[numeral.upperBound...].prefix(while: \.isOfIdentifier)
    return !before.contains { $0.digit != nil } && !after.contains { $0.digit != nil }
  }

  /// What a numeral may mean: a comma separates two numbers, a fraction, or thousands.
  private static func readings(_ numeral: ArraySlice<Unicode.Scalar>) -> [(value: Double, isWhole: Bool)] {
    let parts = numeral.split(separator: ",")
    var readings = parts.flatMap { dotted($0) }
    if parts.count == 2, let fraction = value(parts[0], fraction: parts[1]) { readings.append((fraction, false)) }
    if parts.count > 1, parts.dropFirst().allSatisfy({ $0.prefix { $0.digit != nil }.count == 3 }) {
      readings += dotted(ArraySlice(parts.joined()))
    }
    return readings
  }

  /// What a numeral without commas may mean. One with several points is an address or a version.
  private static func dotted(_ numeral: ArraySlice<Unicode.Scalar>) -> [(value: Double, isWhole: Bool)] {
    let parts = numeral.split(separator: ".")
    switch parts.count {
    case 1: return value(parts[0]).map { [($0, true)] } ?? []
    case 2:
      var readings = value(parts[0], fraction: parts[1]).map { [($0, false)] } ?? []
      if parts[1].count == 3, let thousands = value(ArraySlice(parts.joined())) { readings.append((thousands, false)) }
      return readings
    default: return []
    }
  }

  private static func value(
    _ digits: ArraySlice<Unicode.Scalar>, fraction: ArraySlice<Unicode.Scalar> = []
  ) -> Double? {
    let values = (digits + fraction).map(\.digit)
    guard values.allSatisfy({ $0 != nil }) else { return nil }
    let whole = values.prefix(digits.count).reduce(0.0) { 10 * $0 + Double($1 ?? 0) }
    let rest = values.dropFirst(digits.count).reversed().reduce(0.0) { ($0 + Double($1 ?? 0)) / 10 }
    return whole + rest
  }

  /// The unit at the beginning of what follows a number.
  private static func unit(_ rest: ArraySlice<Unicode.Scalar>) -> Unit? {
    let word = rest.drop { $0.properties.isWhitespace }.prefix(8).prefix { $0.properties.isAlphabetic }
    let letters = String(String.UnicodeScalarView(word)).lowercased()
    if letters == "ms" || letters.hasPrefix("mil") || letters.hasPrefix("msec") { return .milliseconds }
    if letters == "s" || ["sec", "sek", "seg"].contains(where: letters.hasPrefix) { return .seconds }
    return letters == "min" || letters.hasPrefix("minut") ? .minutes : nil
  }
}

extension Unicode.Scalar {
  /// The value of a decimal digit of any script.
  fileprivate var digit: Int? {
    if isASCII { return ("0"..."9").contains(self) ? Int(value) - 0x30 : nil }
    guard properties.numericType == .decimal else { return nil }
    return properties.numericValue.map { Int($0) }
  }

  /// The value of a character that is a number by itself, such as `④` or `四`.
  fileprivate var singleNumber: Double? {
    guard !isASCII, let type = properties.numericType, type != .decimal, let value = properties.numericValue,
      value == value.rounded()
    else { return nil }
    return value
  }

  /// Whether identifiers are made of it. Scripts that know no capitals write no spaces either: there it separates.
  fileprivate var isOfIdentifier: Bool {
    if isASCII { return self == "_" || properties.isAlphabetic || digit != nil }
    return properties.isCased || digit != nil
  }
}
