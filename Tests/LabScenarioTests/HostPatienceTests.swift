// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabScenario

/// Who is at fault where guest time does not pass.
@Suite struct HostPatienceTests {
  private static let second: UInt64 = 1_000_000_000

  /// Looks again and again, as a wait does.
  /// - Parameter share: the share of the processor that the emulator gets; nil if nobody tells.
  /// - Returns: what ends the wait, and after how many seconds.
  private func outcome(share: Double?) -> (error: LabError?, seconds: UInt64) {
    var patience = HostPatience(for: .seconds(1), from: 5 * Self.second)
    for _ in 0..<100 {
      let time = patience.next
      let emulatorTime = share.map { UInt64(Double(time) * $0) }
      do {
        try patience.look(at: time, emulatorTime: emulatorTime)
      } catch {
        return (error, time / Self.second - 5)
      }
    }
    return (nil, 0)
  }

  @Test func anEmulatorThatHasTheProcessorIsSlowForWhatTheProgramDoes() {
    let (error, seconds) = outcome(share: 0.8)
    #expect(error?.isCrash == true)
    #expect(seconds == 70)
  }

  @Test(arguments: [0, 0.3, nil]) func oneThatHasNotIsOnABusyHost(share: Double?) {
    let (error, seconds) = outcome(share: share)
    #expect(error == HostPatience.exhausted)
    #expect(seconds == 210)
  }
}
