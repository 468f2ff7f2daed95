// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabScenario

/// How long the lab waits for others on hosts that are more or less late.
@Suite struct HostPunctualityTests {
  @Test func aHostIsNotTrustedBeforeItHasShownThatItIsInTime() {
    #expect(HostPunctuality().quiet == 40_000_000)
  }

  @Test func aHostThatIsInTimeIsWaitedForBriefly() {
    var punctuality = HostPunctuality()
    for _ in 0..<40 { punctuality.wasLate(by: 100_000) }
    #expect(punctuality.quiet == 2_000_000)
  }

  @Test func onceLateIsEnough() {
    var punctuality = HostPunctuality()
    for _ in 0..<40 { punctuality.wasLate(by: 100_000) }
    punctuality.wasLate(by: 2_000_000)
    #expect(punctuality.quiet == 16_000_000)
    punctuality.wasLate(by: 100_000)
    #expect(12_000_000...16_000_000 ~= punctuality.quiet)
    punctuality.wasLate(by: 500_000_000)
    #expect(punctuality.quiet == 40_000_000)
  }
}
