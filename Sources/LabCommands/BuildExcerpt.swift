// SPDX-License-Identifier: Apache-2.0

/// As much of a build's messages as a result holds. The whole of them is in `build.log`.
enum BuildExcerpt {
  /// Lines that are kept from the beginning.
  static let firstLines = 200
  /// Lines that are kept from the end, where linkers and compilers sum up.
  static let lastLines = 60
  /// Notes of the lab's own.
  static let noteLimit = 20
  /// Characters of a sentence.
  static let sentenceLimit = 500

  /// The first lines and the last, and between them how many are missing.
  static func lines(of messages: String) -> String {
    let lines = messages.split(separator: "\n", omittingEmptySubsequences: false)
    let left = lines.count - firstLines - lastLines
    guard left > 1 else { return messages }
    let note = "… \(left) lines left out: see build.log"
    return (lines.prefix(firstLines) + [note[...]] + lines.suffix(lastLines)).joined(separator: "\n")
  }

  /// The first notes, each on a line of its own, and how many are missing.
  static func notes(_ notes: [String]) -> String {
    let left = notes.count - noteLimit
    let more = left > 0 ? ["and \(left) more of the kind"] : []
    return (notes.prefix(noteLimit) + more).map { "note: \(sentence($0))\n" }.joined()
  }

  /// A sentence, cut off where nobody reads on.
  static func sentence(_ text: String) -> String {
    text.count > sentenceLimit ? text.prefix(sentenceLimit) + " …" : text
  }
}
