// SPDX-License-Identifier: Apache-2.0

/// What a disturbed run came to.
enum ChaosOutcome: String, CaseIterable {
  /// The verdict that the program deserves.
  case right
  /// A failure of the lab: nothing is said of the program.
  case error
  /// Another verdict, or an exit code that does not go with it.
  case wrong
  /// It did not come to its end.
  case hang
  /// A process was left.
  case orphan
  /// A file was left that does not belong there, or is not whole.
  case litter

  /// Whether it may be.
  var isFine: Bool { self == .right || self == .error }
}

/// Counts outcomes by what was done to whom.
struct ChaosTally: CustomStringConvertible {
  private var counts: [String: [ChaosOutcome: Int]] = [:]

  mutating func add(_ outcome: ChaosOutcome, of event: String) {
    counts[event, default: [:]][outcome, default: 0] += 1
  }

  var description: String {
    let header = "| event | " + ChaosOutcome.allCases.map(\.rawValue).joined(separator: " | ") + " |"
    let rule = "|---|" + ChaosOutcome.allCases.map { _ in "---|" }.joined()
    var sums: [ChaosOutcome: Int] = [:]
    for row in counts.values { sums.merge(row, uniquingKeysWith: +) }
    let rows = counts.sorted { $0.key < $1.key } + [("all", sums)]
    return
      ([header, rule]
      + rows.map { event, row in
        "| \(event) | " + ChaosOutcome.allCases.map { "\(row[$0] ?? 0)" }.joined(separator: " | ") + " |"
      }).joined(separator: "\n")
  }
}
