// SPDX-License-Identifier: Apache-2.0

/// As much of a transcript as a page shows: all of it if it is short, else its two ends, what the checks say, and what is around the
/// evidence.
struct TranscriptExcerpt {
  /// What is shown, one after the other.
  enum Item: Equatable {
    /// A line, by its place among the transcript's lines.
    case line(Int)
    /// That many lines are not shown.
    case omitted(Int)
  }

  /// How many lines a page shows at the most.
  static let lineLimit = 2000
  /// How many bytes of text a page shows at the most, about.
  static let byteLimit = 200_000
  /// How many characters of a line are shown.
  static let textLimit = 600
  private static let ends = 300
  private static let around = 25

  let items: [Item]

  /// - Parameters:
  ///   - transcript: the lines.
  ///   - evidence: the numbers, in the file, of the lines that verdicts rest on.
  init(_ transcript: RunTranscript, evidence: Set<Int>) {
    let lines = transcript.lines
    let isShort =
      lines.count <= Self.lineLimit
      && lines.reduce(0) { $0 + min($1.text.utf8.count, Self.textLimit) } <= Self.byteLimit
    guard !isShort else {
      items = lines.indices.map(Item.line)
      return
    }
    var shown: Set<Int> = []
    var bytes = 0
    func show(_ range: Range<Int>) {
      for index in range.clamped(to: lines.indices) where shown.count < Self.lineLimit && bytes < Self.byteLimit {
        if shown.insert(index).inserted { bytes += min(lines[index].text.utf8.count, Self.textLimit) }
      }
    }
    // What matters most comes first, while there is room.
    for (index, line) in lines.enumerated() where evidence.contains(line.number) {
      show(index - Self.around..<index + Self.around + 1)
    }
    for (index, line) in lines.enumerated() where line.source == "lab" && line.text.hasPrefix("check ") {
      show(index..<index + 1)
    }
    show(0..<Self.ends)
    show(lines.count - Self.ends..<lines.count)

    var items: [Item] = []
    var next = 0
    for index in shown.sorted() {
      if index > next { items.append(.omitted(index - next)) }
      items.append(.line(index))
      next = index + 1
    }
    if next < lines.count { items.append(.omitted(lines.count - next)) }
    self.items = items
  }
}
