// SPDX-License-Identifier: Apache-2.0

extension Character {
  /// The columns that the character takes on a terminal: 0, 1 or 2.
  var columns: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if first.isASCII, unicodeScalars.count == 1 { return 1 }
    // A number sign or digit that U+FE0F turns into an emoji is two columns wide as well.
    if first.isWide || unicodeScalars.contains("\u{fe0f}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }

  /// The most columns that any terminal gives it: one that knows no joined emoji or conjuncts shows their parts, and what is not assigned yet may
  /// be wide by then.
  var columnsAtMost: Int {
    guard unicodeScalars.count > 1 || unicodeScalars.first?.isASCII == false else { return columns }
    return max(columns, unicodeScalars.reduce(0) { $0 + $1.columnsAtMost })
  }
}

extension Unicode.Scalar {
  fileprivate var columnsAtMost: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    case .unassigned, .privateUse: 2
    default: isWide ? 2 : 1
    }
  }

  /// The blocks whose characters Unicode's East Asian Width property (UAX #11) calls wide, beside the emoji.
  private static let wideBlocks: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x4dbf, 0x4e00...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3,
    0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x1b2ff,
    0x20000...0x3fffd,
  ]

  fileprivate var isWide: Bool {
    value >= 0x1100 && (properties.isEmojiPresentation || Self.wideBlocks.contains { $0.contains(value) })
  }
}

extension StringProtocol {
  /// The columns that the text takes on a terminal.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The most columns that any terminal gives it.
  var columnsAtMost: Int { reduce(0) { $0 + $1.columnsAtMost } }

  /// The text with spaces after it up to a width.
  func padded(to width: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, width - columns))
  }

  /// The text with spaces before it up to a width.
  func indented(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - columns)) + String(self)
  }

  /// The text, cut off with an ellipsis where it is wider than `width` columns.
  func truncated(to width: Int) -> String {
    guard columnsAtMost > width else { return String(self) }
    return prefix(columns: Swift.max(0, width - 1)) + (width > 0 ? "…" : "")
  }

  /// The text in lines of at most `width` columns, broken at spaces; a word that is longer than a line is broken anywhere.
  func wrapped(to width: Int) -> [String] {
    let width = Swift.max(2, width)
    guard columnsAtMost > width else { return [String(self)] }
    var lines = [""]
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.columnsAtMost + 1 + word.columnsAtMost <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
      if lines[lines.count - 1].columnsAtMost > width { lines += lines.removeLast().pieces(ofWidth: width) }
    }
    return lines
  }

  /// The text in pieces of at most `width` columns.
  private func pieces(ofWidth width: Int) -> [String] {
    var pieces = [""]
    var left = width
    for character in self {
      let columns = character.columnsAtMost
      if columns > left, left < width {
        pieces.append("")
        left = width
      }
      pieces[pieces.count - 1].append(character)
      left -= columns
    }
    return pieces
  }

  /// The characters from the start that fit into `width` columns.
  func prefix(columns width: Int) -> String {
    var left = width
    return String(
      prefix { character in
        left -= character.columnsAtMost
        return left >= 0
      })
  }
}
