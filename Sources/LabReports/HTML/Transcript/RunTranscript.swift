// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The transcript of a run: its lines, which check each belongs to, and which of them a reader may see.
struct RunTranscript {
  /// A line, and where it belongs.
  struct Entry {
    /// The line.
    var line: TranscriptLine
    /// The id of the check that was running; nil before the first.
    var check: String?
    /// Whether it is kept from the reader.
    var isHidden: Bool
  }

  /// All lines, in their order.
  let entries: [Entry]
  /// The lines that the reader may see.
  let lines: [TranscriptLine]

  /// - Parameters:
  ///   - text: the file.
  ///   - result: the run's whole result.
  ///   - reader: who is to read it. From a student everything is kept from where a hidden check begins to where the next one begins that
  ///     students see: a program may print late what it was told.
  init(_ text: String, of result: RunResult, for reader: Visibility) {
    let visibility = Dictionary(result.checks.map { ($0.id, $0.visibility) }, uniquingKeysWith: { first, _ in first })
    var entries: [Entry] = []
    var current: String?
    var isHidden = false
    for (index, line) in text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      guard let line = TranscriptLine(number: index + 1, Substring(line)) else { continue }
      if line.source == "lab", let id = line.check, id != current, let its = visibility[id] {
        current = id
        isHidden = reader == .student && its == .instructor
      }
      entries.append(Entry(line: line, check: current, isHidden: isHidden))
    }
    self.entries = entries
    lines = entries.filter { !$0.isHidden }.map(\.line)
  }
}

extension TranscriptLine {
  /// The id in `check ID: …`, which the lab notes where a check begins and where it ends.
  var check: String? {
    guard source == "lab", text.hasPrefix("check ") else { return nil }
    let rest = text.dropFirst("check ".count)
    return rest.firstRange(of: ": ").map { String(rest[..<$0.lowerBound]) }
  }
}
