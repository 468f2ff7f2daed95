// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The candidate that this text is most likely a misspelling of.
  /// - Returns: nil if none is near: the edit distance may be a third of the longer word, and at least 1. No word is near that is too long to be one.
  public func nearest(in candidates: some Sequence<String>) -> String? {
    guard utf8.count <= Self.longestWord else { return nil }
    return
      candidates
      .map { (candidate: $0, distance: editDistance(to: $0)) }
      .filter { $0.distance <= max(1, max(count, $0.candidate.count) / 3) }
      .min { $0.distance < $1.distance }?
      .candidate
  }

  /// In bytes. The time to compare two words grows with the product of their lengths.
  private static let longestWord = 200

  /// The number of insertions, deletions and replacements of single characters, and of exchanges of two neighbours, that turn one
  /// into the other (optimal string alignment).
  func editDistance(to other: String) -> Int {
    let left = Array(lowercased())
    let right = Array(other.lowercased())
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var row = [index + 1]
      for column in right.indices {
        let replaced = last[column] + (character == right[column] ? 0 : 1)
        var distance = Swift.min(replaced, row[column] + 1, last[column + 1] + 1)
        if index > 0, column > 0, character == right[column - 1], left[index - 1] == right[column] {
          distance = Swift.min(distance, beforeLast[column - 1] + 1)
        }
        row.append(distance)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
