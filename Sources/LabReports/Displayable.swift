// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text as one line that is safe to print: control characters, line breaks, direction overrides and invisible format
  /// characters are written out (`\n`, `\x1b`, `\u{202e}`), all else is as it was.
  ///
  /// What a device, a compiler or a student's file printed reaches a terminal or a report only through this or
  /// ``displayableLines``, so that it can neither steer the terminal nor show other than what it is.
  public var displayable: String {
    guard unicodeScalars.contains(where: \.isUndisplayable) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isUndisplayable { text += scalar.writtenOut } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  /// The text as lines that are safe to print: line breaks (LF or CRLF) separate them, tabs become spaces up to the next
  /// eighth column, and each line is ``displayable``. Empty lines at the end are dropped.
  public var displayableLines: [String] {
    var lines = unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line)).tabsExpanded.displayable
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private var tabsExpanded: String {
    guard unicodeScalars.contains("\t") else { return self }
    let parts = split(separator: "\t", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
      text += String(repeating: " ", count: 8 - text.columns % 8) + part
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is invisible or acts on the terminal: control characters (C0, DEL, C1), line separators, and format
  /// characters but for the two joiners, which scripts and emoji need.
  public var isUndisplayable: Bool {
    if isASCII { return value < 0x20 || value == 0x7f }
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return value != 0x200c && value != 0x200d
    default: return false
    }
  }

  fileprivate var writtenOut: String {
    switch self {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(value, radix: 16)
      return value < 0x100 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
    }
  }
}
