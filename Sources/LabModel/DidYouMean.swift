// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The candidate that this text is most likely a misspelling of.
  /// - Returns: nil if none is near: the edit distance may be a third of the longer word, and at least 1.
  public func nearest(in candidates: some Sequence<String>) -> String? {
    candidates
      .map { (candidate: $0, distance: editDistance(to: $0)) }
      .filter { $0.distance <= max(1, max(count, $0.candidate.count) / 3) }
      .min { $0.distance < $1.distance }?
      .candidate
  }

  /// The number of single-character insertions, deletions and replacements that turn one into the other (Levenshtein).
  func editDistance(to other: String) -> Int {
    let other = Array(other.lowercased())
    var row = Array(0...other.count)
    for (index, character) in lowercased().enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let replaced = diagonal + (character == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = Swift.min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[other.count]
  }
}
