// SPDX-License-Identifier: Apache-2.0

/// Bounds how many events a flooding device can cause. An ordinary run never gets near it.
package struct EventBudget {
  /// How many events may follow each other at once.
  package static let burst: UInt64 = 10_000
  /// How many may go on following per second.
  package static let rate: UInt64 = 5_000

  private var credit = EventBudget.burst
  private var creditTime: UInt64 = 0
  private var leftOut = 0

  /// Events left out over the whole run.
  package private(set) var total = 0

  package init() {}

  /// Asks for leave to tell an event.
  /// - Returns: nil when it has to be left out, else how many were left out just before it.
  package mutating func spend(at time: UInt64) -> Int? {
    let earned = (time &- creditTime) / (1_000_000_000 / EventBudget.rate)
    if time > creditTime, earned > 0 {
      credit = min(EventBudget.burst, credit + earned)
      creditTime = time
    }
    guard credit > 0 else {
      leftOut += 1
      total += 1
      return nil
    }
    credit -= 1
    defer { leftOut = 0 }
    return leftOut
  }
}
