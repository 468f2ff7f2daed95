// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

@Suite struct GuestTimeTests {
  @Test func followsTheHostWithoutSamples() {
    let clock = GuestClock(origin: 1000)
    #expect(clock.guestTime(at: 1000) == 0)
    #expect(clock.guestTime(at: 1500) == 500)
    #expect(clock.guestTime(at: 900) == 0)
  }

  @Test func takesUpSamples() {
    var clock = GuestClock(origin: 1000)
    clock.sample(host: 2000, guest: 1300)
    #expect(clock.guestTime(at: 2100) == 1400)
    #expect(clock.guestTime(at: 1900) == 1170)
  }

  @Test func standsStillRatherThanRunBackwards() {
    var clock = GuestClock(origin: 1000)
    #expect(clock.guestTime(at: 3000) == 2000)
    clock.sample(host: 3000, guest: 500)
    #expect(clock.guestTime(at: 3000) == 2000)
    #expect(clock.guestTime(at: 4000) == 2000)
    #expect(clock.guestTime(at: 4600) == 2100)
  }

  @Test func aStallOfTheHostIsNotGuestTime() {
    var clock = GuestClock(origin: 0)
    clock.sample(host: 1_000_000_000, guest: 1_000_000_000)
    #expect(clock.guestTime(at: 1_050_000_000) == 1_050_000_000)
    #expect(clock.guestTime(at: 9_000_000_000) == 1_000_000_000 + GuestClock.reach)
  }

  @Test func ignoresASampleFromThePast() {
    var clock = GuestClock(origin: 1000)
    clock.sample(host: 2000, guest: 5000)
    clock.sample(host: 1500, guest: 1)
    #expect(clock.guestTime(at: 2000) == 5000)
  }

  @Test func whatWasBeforeAJumpKeepsItsTime() {
    var clock = GuestClock(origin: 0)
    clock.sample(host: 1000, guest: 1000)
    clock.jump(from: 1500, host: 1600, guest: 90_000)
    #expect(clock.guestTime(at: 1400) == 1400)
    // The guest ran on at once.
    #expect(clock.guestTime(at: 1560) == 89_960)
    #expect(clock.guestTime(at: 1600) == 90_000)
    clock.sample(host: 2000, guest: 90_400)
    #expect(clock.guestTime(at: 1400) == 1400)
    #expect(clock.guestTime(at: 1900) == 90_300)
  }

  @Test func jumpsThatComeToNothingDoNotCarryASlowGuestsTimeAhead() {
    var clock = GuestClock(origin: 0)
    // The guest gets a tenth of the host's time, and is told to jump again and again while it computes.
    for host in stride(from: 100_000_000 as UInt64, to: 5_000_000_000, by: 100_000_000) {
      clock.sample(host: host, guest: host / 10)
      clock.jump(from: host + 50_000_000, host: host + 80_000_000, guest: (host + 80_000_000) / 10)
    }
    #expect(clock.guestTime(at: 5_000_000_000) <= 500_000_000 + GuestClock.reach)
  }

  @Test func aLateSampleCorrectsWhatWasBefore() {
    var clock = GuestClock(origin: 0)
    clock.sample(host: 1_000_000_000, guest: 1_000_000_000)
    #expect(!clock.isSettled(at: 1_400_000_000))
    #expect(clock.guestTime(at: 1_400_000_000) == 1_100_000_000)
    clock.sample(host: 1_500_000_000, guest: 1_500_000_000)
    #expect(clock.isSettled(at: 1_400_000_000))
    #expect(clock.guestTime(at: 1_400_000_000) == 1_400_000_000)
  }

  @Test func remembersMomentsLongPast() {
    var clock = GuestClock(origin: 0)
    for second in 1...20_000 { clock.sample(host: UInt64(second) * 1000, guest: UInt64(second) * 500) }
    #expect(clock.guestTime(at: 19_000_500) == 9_500_250)
    #expect(clock.guestTime(at: 2_000_000) < clock.guestTime(at: 19_000_000))
  }

  @Test(arguments: [
    ("200ms", 200_000_000), ("2s", 2_000_000_000), ("1.5s", 1_500_000_000), ("2min", 120_000_000_000), ("50us", 50_000),
  ]) func readsADuration(text: String, nanoseconds: UInt64) {
    #expect(GuestDuration(text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: ["", "s", "2", "-1s", "1e3s", "two s", "1.2.3s", "99999min", "nans"])
  func refusesWhatIsNoDuration(text: String) {
    #expect(GuestDuration(text) == nil)
  }

  @Test(arguments: [(200_000_000, "200 ms"), (2_000_000_000, "2 s"), (1_500_000_000, "1.5 s"), (1_500_000, "1.5 ms")])
  func writesADuration(nanoseconds: UInt64, text: String) {
    #expect(GuestDuration(nanoseconds: nanoseconds).description == text)
  }

  @Test func writesATranscriptLine() {
    let entry = TranscriptEntry(time: 1_046_000_000, source: .peer("alice"), text: "sends 9 bytes")
    #expect(entry.line == "   1.046  alice   sends 9 bytes")
  }

  @Test func suggestsOnlyWhatIsNear() {
    #expect("comand-server".nearest(in: ["command-server", "echo-server"]) == "command-server")
    #expect("zzz".nearest(in: ["command-server", "echo-server"]) == nil)
  }
}
