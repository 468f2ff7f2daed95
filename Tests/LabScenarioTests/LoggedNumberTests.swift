// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabScenario

/// Which numbers a log line tells.
@Suite struct LoggedNumberTests {
  @Test(arguments: [
    "(attempt 2)", "attempt:2", "connect (2)", #"{"n":2}"#, "Nr.2", "2nd attempt", "第2次尝试", "Try #2", "[2/5]", "n=2;",
    "Versuch 2.", "попытка 2:", "المحاولة ٢", "प्रयास २", "２回目", "第二次", "②", "attempt_2", "try2", "attempt 02",
    "attempt\t2\twait", "«2»", "2…", "2,next",
  ])
  func wholeNumbersInAnyScript(line: String) {
    #expect(LoggedNumber.all(in: line).contains { $0.isWhole && $0.value == 2 })
  }

  @Test(arguments: [
    "0x2", "a2b2", "10.0.2.2", "v5.2.1", "12", "22", "2.5", "20 s", "no number", "45.79.112.203:4242", "2e3",
  ])
  func digitsOfSomethingElseAreNoNumber(line: String) {
    #expect(!LoggedNumber.all(in: line).contains { $0.isWhole && $0.value == 2 })
  }

  @Test func fractionsAndThousands() {
    #expect(LoggedNumber.all(in: "2.0 s") == [LoggedNumber(value: 2, isWhole: false, unit: .seconds)])
    #expect(LoggedNumber.all(in: "2,5 s").contains(LoggedNumber(value: 2.5, isWhole: false, unit: .seconds)))
    #expect(LoggedNumber.all(in: "2,000 ms").contains(LoggedNumber(value: 2000, isWhole: true, unit: .milliseconds)))
    #expect(LoggedNumber.all(in: "2.000 ms").contains(LoggedNumber(value: 2000, isWhole: false, unit: .milliseconds)))
    #expect(LoggedNumber.all(in: "3,4000").map(\.value).starts(with: [3, 4000]))
    #expect(LoggedNumber.all(in: "٫ ٢٠٠٠").map(\.value) == [2000])
  }

  @Test(arguments: [
    ("1000 ms", LoggedNumber.Unit.milliseconds), ("1000ms", .milliseconds), ("1000 Millisekunden", .milliseconds),
    ("1 s", .seconds), ("1s,", .seconds), ("1 segundo", .seconds), ("1 Sekunde", .seconds), ("1 min", .minutes),
    ("1 socket", nil), ("1 秒", nil), ("1", nil),
  ])
  func units(line: String, unit: LoggedNumber.Unit?) {
    #expect(LoggedNumber.all(in: line).map(\.unit) == [unit])
  }

  @Test func whateverADeviceSendsIsReadOnce() {
    let lists = String(repeating: "1,", count: 2000) + String(repeating: "9", count: 4000)
    let line = lists + "." + String(repeating: "0x", count: 1000)
    #expect(LoggedNumber.all(in: line).count < 10_000)
  }
}
