// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabScenario

/// What is left of a console without the lines of `ESP_LOGx`.
@Suite struct LogLineFilterTests {
  /// What is printed, and what is left of it. What may be the beginning of such a line is held back until something follows it.
  private static let cases: [(printed: String, left: String)] = [
    ("data\nI (12) tag: {text}\nmore", "data\n\nmore"), ("da{I (1) ログ: 日本\nta}", "da{\nta}"),
    ("\u{1b}[0;33mW (1) t: x\u{1b}[0m\ny", "\u{1b}[0;33m\ny"), ("I (x) no", "I (x) no"),
    ("II (1) yes\nEx", "I\nEx"), ("WI (1)no I (2) yes", "WI (1)no "), ("EWIDV (", "EWID"), ("", ""),
    ("I (99999999) t: \n", "\n"), ("I ()", "I ()"),
  ]

  @Test func takesOutWhatLogsPrint() {
    for (printed, left) in Self.cases {
      var filter = LogLineFilter()
      #expect(String(decoding: filter.strip(Array(printed.utf8)), as: UTF8.self) == left, "\(printed)")
    }
  }

  @Test func itMakesNoDifferenceInWhichPiecesItComes() {
    for (printed, left) in Self.cases {
      var filter = LogLineFilter()
      let rest = printed.utf8.flatMap { filter.strip([$0]) }
      #expect(String(decoding: rest, as: UTF8.self) == left, "\(printed)")
    }
  }
}
