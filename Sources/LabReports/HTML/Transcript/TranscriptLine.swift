// SPDX-License-Identifier: Apache-2.0

/// A line of `transcript.txt`, taken apart.
struct TranscriptLine: Equatable {
  /// Its number in the file, from 1.
  var number: Int
  /// Guest time in seconds with three places, as it stands there.
  var time: Substring
  /// `lab`, `uart`, `wire`, or a peer's name.
  var source: Substring
  /// What happened. Hostile text.
  var text: Substring

  /// Takes a line apart; nil if it is none that the lab wrote.
  init?(number: Int, _ line: Substring) {
    let begin = line.drop { $0 == " " }
    time = begin.prefix { $0 != " " }
    let rest = begin.dropFirst(time.count)
    guard !time.isEmpty, time.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), rest.hasPrefix("  ") else {
      return nil
    }
    source = rest.dropFirst(2).prefix { $0 != " " }
    guard !source.isEmpty else { return nil }
    // The source has a column of its own, eight characters wide, or one space after it where it is longer.
    text = rest.dropFirst(2 + max(8, source.count + 1))
    self.number = number
  }

  /// Guest time in nanoseconds, to the millisecond.
  var nanoseconds: UInt64 {
    let parts = time.split(separator: ".")
    guard parts.count == 2, let seconds = UInt64(parts[0]), let fraction = UInt64(parts[1]), seconds < 1 << 32,
      fraction < 1000
    else {
      return 0
    }
    return (seconds * 1000 + fraction) * 1_000_000
  }
}
