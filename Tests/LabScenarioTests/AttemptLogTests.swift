// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabScenario

/// Whether a log tells attempts and delays, whatever its words.
@Suite struct AttemptLogTests {
  /// What a program prints around five attempts with delays of 1, 2, 4 and 8 s.
  private func missing(
    _ before: (_ number: Int) -> String?, _ after: (_ number: Int, _ seconds: Int) -> String?, end: String = "giving up"
  ) -> AttemptLog.Entry? {
    var lines: [AttemptLog.Line] = []
    for place in 0..<5 {
      if let line = before(place + 1) { lines.append(AttemptLog.Line(text: line, attempts: place...place)) }
      let line = place < 4 ? after(place + 1, 1 << place) : end
      if let line { lines.append(AttemptLog.Line(text: line, attempts: place...place)) }
    }
    let delays = (0..<4).map { [Double(1 << $0), Double(1 << $0) + 0.003] }
    return AttemptLog(attempts: 5, delays: delays, tolerance: 0.3, lines: lines).missing
  }

  @Test func wordsAreFree() {
    let logs: [(before: (Int) -> String, after: (Int, Int) -> String)] = [
      ({ "Connecting (attempt \($0))" }, { "failed, next in \($1) s" }),
      ({ "attempt:\($0)" }, { "delay_ms:\($1 * 1000)" }),
      ({ "connect (\($0))" }, { "sleep(\($1))" }),
      ({ #"{"n":\#($0)}"# }, { #"{"backoff":\#($1).0}"# }),
      ({ "Nr.\($0)" }, { "\($1) Sekunden" }),
      ({ "\($0). deneme" }, { "\($1) saniye" }),
      ({ "第\($0)次尝试" }, { "等待\($1)秒" }),
      ({ "\($0)回目" }, { "\($1)秒待つ" }),
      ({ "Intento \($0)/5" }, { "Espera: \($1) segundos" }),
      ({ "Попытка \($0)" }, { "Жду \($1) с" }),
      ({ "Tentative n°\($0)" }, { "pause de \($1),0 s" }),
      ({ "\($0) |" }, { "\($0) | \($1)" }),
      ({ "try \($0)" }, { "\($0);\($1 * 1000)" }),
      ({ "Versuch \($0)" }, { "warte \($1).000 ms" }),
      ({ "ניסיון \($0)" }, { "ממתין \($1) שניות" }),
    ]
    for log in logs { #expect(missing(log.before, log.after) == nil, "\(log.before(2)), \(log.after(2, 2))") }
  }

  @Test func aLineMayTellBoth() {
    #expect(missing({ _ in nil }, { "\($0) failed, \($1) s" }, end: "5 failed, the end") == nil)
    // What comes next, as soon as the attempt before it has failed; and how long it has waited, afterwards.
    #expect(missing({ $0 == 1 ? "1" : nil }, { "\($1) s to attempt \($0 + 1)" }) == nil)
    #expect(missing({ $0 == 1 ? "1" : "\($0), after \(1 << ($0 - 2)) s" }, { _, _ in nil }) == nil)
  }

  @Test func retriesMayBeCounted() {
    #expect(missing({ $0 == 1 ? "connecting from 0" : "retry \($0 - 1)" }, { "\($1) s" }) == nil)
    #expect(missing({ "retry \($0 - 1)" }, { "\($1) s" }) == .number(2))
  }

  @Test func attemptsCountFromOne() {
    #expect(missing({ "attempt \($0 - 1)" }, { "\($1 * 1000) ms" }) == .number(0))
    #expect(
      missing({ "attempt \($0 - 1) of 5" }, { "failed: \($0 - 1). \($1) s" }, end: "all 5 attempts failed")
        == .number(2))
    #expect(missing({ "attempt \($0 + 1)" }, { "\($1 * 1000) ms" }) == .number(0))
  }

  @Test func eachDelayIsTold() {
    #expect(missing({ "attempt \($0)" }, { number, _ in "failed, attempt \(number + 1) next" }) == .delay(3))
    #expect(missing({ _ in "attempt" }, { "\($1) s" }) == .number(2))
    #expect(missing({ "attempt \($0)" }, { number, _ in "attempt \(number) failed" }) == .delay(3))
    #expect(missing({ _ in "attempt" }, { "\($1 * 1000) ms" }) == .number(0))
  }

  @Test func whatIsToldIsWhatTheWireShows() {
    #expect(missing({ "attempt \($0)" }, { "next in \($1 * 2000) ms" }) == .delay(3))
    #expect(missing({ "attempt \($0)" }, { "next in \($1 * 500) ms" }) == .delay(3))
    #expect(missing({ "attempt \($0), again \($0)" }, { "next in \($1 * 2) s" }) == .delay(3))
    #expect(missing({ "attempt \($0)" }, { "next in \($1 * 1000) seconds" }) == .delay(3))
    #expect(missing({ "attempt \($0)" }, { "next in \($1) ms" }) == .delay(3))
  }
}
