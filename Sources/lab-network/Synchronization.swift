// SPDX-License-Identifier: Apache-2.0

/// Requests to be told when everything that had arrived before them has been dealt with.
struct Synchronization {
  /// After how many rounds of the loop a request is answered although there is always more to do. A round reads 64 KiB, and no socket holds
  /// more than that many times over.
  private static let roundLimit = 64

  private var waiting: [(token: UInt64, rounds: Int)] = []

  var isEmpty: Bool { waiting.isEmpty }
  var count: Int { waiting.count }

  mutating func add(_ token: UInt64) { waiting.append((token, 0)) }

  /// Takes up that a round has ended which began after the first so many requests had been read.
  /// - Parameter isQuiet: whether there was nothing to be done in it.
  /// - Returns: the tokens of those that can be answered.
  mutating func roundEnded(_ count: Int, isQuiet: Bool) -> [UInt64] {
    for index in 0..<count { waiting[index].rounds += 1 }
    let answered = waiting.prefix(count).prefix { isQuiet || $0.rounds >= Synchronization.roundLimit }
    waiting.removeFirst(answered.count)
    return answered.map(\.token)
  }
}
