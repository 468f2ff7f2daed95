// SPDX-License-Identifier: Apache-2.0

/// Holds frames back so that the device's NIC, which has four receive buffers, never gets more at once than it can hold.
package struct FramePacer {
  /// How many frames may follow each other at once. ESP-IDF gives the NIC four buffers.
  package static let burst = 3
  /// How long it takes until one more frame may follow, in nanoseconds.
  package static let interval: UInt64 = 150_000
  /// How many frames wait at the most.
  package static let capacity = 512

  private var queue: [Frame] = []
  private var head = 0
  private var credit = FramePacer.burst
  private var creditTime: UInt64 = 0

  package init() {}

  package var count: Int { queue.count - head }
  package var isEmpty: Bool { head == queue.count }

  /// Adds a frame; false when there is no room.
  package mutating func append(_ frame: Frame) -> Bool {
    guard count < FramePacer.capacity else { return false }
    queue.append(frame)
    return true
  }

  /// The next frame if it may go now.
  package mutating func next(at time: UInt64) -> Frame? {
    guard !isEmpty else { return nil }
    refill(at: time)
    guard credit > 0 else { return nil }
    credit -= 1
    let frame = queue[head]
    head += 1
    if head >= 64 || head == queue.count {
      queue.removeSubrange(..<head)
      head = 0
    }
    return frame
  }

  /// When the next frame may go; nil when none waits.
  package var deadline: UInt64? {
    guard !isEmpty else { return nil }
    return credit > 0 ? creditTime : creditTime + FramePacer.interval
  }

  /// Takes note that the NIC was not being served up to now: no credit has grown.
  package mutating func stall(at time: UInt64) {
    refill(at: time)
    credit = min(credit, 1)
    creditTime = time
  }

  /// Forgets what waits: the device's connection is gone.
  package mutating func removeAll() {
    queue.removeAll()
    head = 0
  }

  private mutating func refill(at time: UInt64) {
    guard time > creditTime else { return }
    let earned = (time - creditTime) / FramePacer.interval
    if Int(clamping: earned) + credit >= FramePacer.burst {
      credit = FramePacer.burst
      creditTime = time
    } else {
      credit += Int(earned)
      creditTime += earned * FramePacer.interval
    }
  }
}
