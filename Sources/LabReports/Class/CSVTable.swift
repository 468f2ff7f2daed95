// SPDX-License-Identifier: Apache-2.0

/// Writes rows as RFC 4180 says: commas between cells, CR LF after each row, quotes around what needs them. UTF-8, without a byte
/// order mark.
struct CSVTable {
  /// A cell.
  enum Cell {
    /// What someone wrote or named; never run by a spreadsheet.
    case text(String)
    /// A number of ours.
    case number(Int)
    /// Nothing: not the same as 0.
    case empty
  }

  private(set) var text = ""

  /// - Parameter header: the names of the columns.
  init(header: [String]) {
    append(header.map { .text($0) })
  }

  /// Adds a row.
  mutating func append(_ row: [Cell]) {
    text += row.map(Self.written).joined(separator: ",") + "\r\n"
  }

  private static func written(_ cell: Cell) -> String {
    switch cell {
    case .empty: return ""
    case .number(let number): return String(number)
    case .text(let text):
      let text = text.displayable.notAFormula
      let isPlain =
        text.unicodeScalars.allSatisfy { !"\",;\n\r".unicodeScalars.contains($0) }
        && text.first.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "'" || $0 == "\\") } ?? true
        && text.last != " "
      return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
  }
}

extension String {
  /// The text with an apostrophe where a spreadsheet would take what follows for a formula: Excel, LibreOffice and Google Sheets run what begins a
  /// cell with one of these, some of them after spaces as well, and in its full-width form. Where a comma is the decimal sign they separate cells by
  /// semicolons, whatever quotes there are in between; pasted text is separated by tabs.
  fileprivate var notAFormula: String {
    split(separator: ";", omittingEmptySubsequences: false).map { part in
      let first = part.first { !$0.isWhitespace && $0 != "\"" }
      return first.map("=+-@＝＋－＠|%".contains) == true ? "'" + part : String(part)
    }.joined(separator: ";")
  }
}
