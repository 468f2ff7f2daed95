// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabEmulator

@Suite struct GuestTimeTests {
  @Test func theMonitorTellsTheDrift() {
    let text = "TLB full flushes    0\r\nHost - Guest clock  227 ms\r\nMax guest delay     NA\r\n"
    #expect(ClockDrift(monitorText: text)?.milliseconds == 227)
    #expect(ClockDrift(monitorText: "Host - Guest clock  -12 ms")?.milliseconds == -12)
    for other in ["", "Host - Guest clock", "Host - Guest clock  x ms", "Host - Guest clock  9223372036854775807 ms"] {
      #expect(ClockDrift(monitorText: other) == nil)
    }
  }

  @Test func theGuestsClockFollowsFromIt() throws {
    let behind = try #require(ClockDrift(monitorText: "Host - Guest clock  2 ms"))
    #expect(behind.guestTime(at: 5_000_000) == 3_000_000)
    #expect(behind.guestTime(at: 1_000_000) == 0)
    let ahead = try #require(ClockDrift(monitorText: "Host - Guest clock  -2 ms"))
    #expect(ahead.guestTime(at: 5_000_000) == 7_000_000)
  }

  @Test func pausesAreNotRunningTime() {
    var time = RunningTime(start: 100)
    #expect(time.length(at: 90) == 0)
    #expect(time.length(at: 130) == 30)
    time.stop(at: 150)
    #expect(time.length(at: 180) == 50)
    time.go(at: 200)
    #expect(time.length(at: 210) == 60)
    time.go(at: 220)
    #expect(time.length(at: 230) == 80)
    time.stop(at: 240)
    time.stop(at: 250)
    #expect(time.length(at: 260) == 90)
  }
}
