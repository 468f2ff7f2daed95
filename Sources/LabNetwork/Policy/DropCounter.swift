// SPDX-License-Identifier: Apache-2.0

/// Counts dropped frames: the first of a reason is told at once, later ones together.
package struct DropCounter {
  /// How long drops of one reason are gathered, in nanoseconds.
  package static let gatheringTime: UInt64 = 100_000_000

  private struct Entry {
    var total = 0
    var pending = 0
    var example = ""
    var lastTold: UInt64 = 0
  }

  private var entries: [DropReason: Entry] = [:]

  package init() {}

  /// Counts per reason over the whole run, by name.
  package var totals: [String: Int] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.key.rawValue, $0.value.total) })
  }

  /// Counts a frame.
  /// - Returns: what there is to tell now.
  package mutating func count(_ reason: DropReason, at time: UInt64, example: () -> String) -> NetworkEvent? {
    var entry = entries[reason, default: Entry()]
    entry.total += 1
    entry.pending += 1
    if entry.pending == 1 { entry.example = example() }
    let isDue = entry.total == 1 || time >= entry.lastTold + DropCounter.gatheringTime
    entries[reason] = entry
    return isDue ? tell(reason, at: time) : nil
  }

  /// When `flush` is due; nil when nothing waits.
  package var deadline: UInt64? {
    entries.values.filter { $0.pending > 0 }.map { $0.lastTold + DropCounter.gatheringTime }.min()
  }

  /// Tells what has waited long enough, or all of it.
  package mutating func flush(at time: UInt64, all: Bool = false) -> [NetworkEvent] {
    DropReason.allCases.compactMap { reason in
      guard let entry = entries[reason], entry.pending > 0 else { return nil }
      guard all || time >= entry.lastTold + DropCounter.gatheringTime else { return nil }
      return tell(reason, at: time)
    }
  }

  private mutating func tell(_ reason: DropReason, at time: UInt64) -> NetworkEvent? {
    guard var entry = entries[reason] else { return nil }
    let event = NetworkEvent.dropped(reason: reason, count: entry.pending, example: entry.example)
    entry.pending = 0
    entry.lastTold = time
    entries[reason] = entry
    return event
  }
}
