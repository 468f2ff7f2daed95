// SPDX-License-Identifier: Apache-2.0

/// The gate of a route that turns its first attempts away.
struct RouteGate {
  /// How many it turns away.
  private let count: Int
  private var turnedAway = 0
  /// The sequence numbers of the SYNs that were turned away: one that is sent again is no other attempt.
  private var sequences: [ConnectionID: UInt32] = [:]

  init(count: Int) { self.count = count }

  /// Decides about a SYN of the device.
  mutating func turnsAway(_ id: ConnectionID, sequence: UInt32) -> Bool {
    if sequences[id] == sequence { return true }
    guard turnedAway < count else { return false }
    turnedAway += 1
    sequences[id] = sequence
    return true
  }

  /// Takes note that the device has started anew, perhaps with the same ports and numbers.
  mutating func deviceStarted() { sequences = [:] }
}
