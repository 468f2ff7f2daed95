// SPDX-License-Identifier: Apache-2.0

/// Frames under way in one direction of an impaired network.
struct DelayLine {
  /// How many frames are under way at the most; what comes on top is lost.
  static let capacity = 1024
  /// How long a frame waits for those that are to overtake it, in nanoseconds.
  static let patience: UInt64 = 30_000_000

  private struct Waiting {
    var frame: Frame
    var number: Int
    var due: UInt64
    /// How many frames still have to overtake it.
    var overtakers = 0
  }

  /// In the order in which they are due.
  private var line: [Waiting] = []
  /// Those that are being overtaken.
  private var aside: [Waiting] = []
  private var lastNumber = 0

  var count: Int { line.count + aside.count }

  /// When `release` is due; nil when nothing is under way.
  var deadline: UInt64? { [line.first?.due, aside.map(\.due).min()].compactMap(\.self).min() }

  /// Adds a frame that arrives at a time, or after so many that follow it.
  /// - Returns: false when there is no room.
  mutating func add(_ frame: Frame, due: UInt64, overtakers: Int = 0) -> Bool {
    guard count < DelayLine.capacity else { return false }
    lastNumber += 1
    if overtakers > 0 {
      aside.append(
        Waiting(frame: frame, number: lastNumber, due: due + DelayLine.patience, overtakers: overtakers))
    } else {
      let index = line.lastIndex { $0.due <= due }.map { $0 + 1 } ?? 0
      line.insert(Waiting(frame: frame, number: lastNumber, due: due), at: index)
    }
    return true
  }

  /// Takes out the frames that arrive by a time, in order.
  mutating func release(at time: UInt64) -> [Frame] {
    var frames: [Frame] = []
    let end = line.firstIndex { $0.due > time } ?? line.endIndex
    for arrived in line[..<end] {
      frames.append(arrived.frame)
      for index in aside.indices where aside[index].number < arrived.number { aside[index].overtakers -= 1 }
      frames += takeAside { $0.overtakers <= 0 }
    }
    line.removeSubrange(..<end)
    return frames + takeAside { $0.due <= time }
  }

  /// Takes out all frames, in the order in which they came.
  mutating func releaseAll() -> [Frame] {
    defer { (line, aside) = ([], []) }
    return (line + aside).sorted { $0.number < $1.number }.map(\.frame)
  }

  /// Forgets frames.
  mutating func remove(where matches: (Frame) -> Bool) {
    line.removeAll { matches($0.frame) }
    aside.removeAll { matches($0.frame) }
  }

  private mutating func takeAside(_ isReady: (Waiting) -> Bool) -> [Frame] {
    guard aside.contains(where: isReady) else { return [] }
    defer { aside.removeAll(where: isReady) }
    return aside.filter(isReady).map(\.frame)
  }
}
