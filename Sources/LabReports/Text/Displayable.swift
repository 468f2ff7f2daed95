// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text as one line that is safe to print: control characters, line breaks, direction overrides, what cannot be seen, marks in heaps and
  /// what CI services take for a command anywhere in a line are written out (`\n`, `\x1b`, `\u{202e}`), all else is as it was.
  ///
  /// What a device, a compiler or a student's file printed reaches a terminal or a report only through this or
  /// ``displayableLines``, so that it can neither steer the terminal nor show other than what it is. Where a line may begin with it is for
  /// ``Printout`` to say.
  public var displayable: String {
    guard !utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) || contains("##") else { return self }
    var text = ""
    var previous: Unicode.Scalar?
    var marks = 0
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      marks = scalar.isMark ? marks + 1 : 0
      if scalar.isUndisplayable || scalar.isHidden(after: previous) || scalar.isMark && previous == nil
        || marks > Self.marksInARow || scalar == "#" && rest.continuesCommand
      {
        text += scalar.writtenOut
      } else {
        text.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return text
  }

  /// How many marks may stand above each other: more than any script needs, and few enough to stay in their line.
  private static let marksInARow = 4

  /// The text as lines that are safe to print: line breaks (LF or CRLF) separate them, tabs become spaces up to the next
  /// eighth column, and each line is ``displayable``. Empty lines at the end are dropped.
  public var displayableLines: [String] {
    var lines = unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line)).tabsExpanded.displayable
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The text as lines that nobody takes for the lab's: each is ``displayable`` behind a bar.
  var quotedLines: [String] { displayableLines.map { "  | " + $0 } }

  private var tabsExpanded: String {
    guard unicodeScalars.contains("\t") else { return self }
    let parts = unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false).map { Substring($0) }
    var text = String(parts[0])
    var column = text.columns
    for part in parts.dropFirst() {
      let gap = 8 - column % 8
      text += String(repeating: " ", count: gap) + part
      column += gap + part.columns
    }
    return text
  }
}

extension Substring.UnicodeScalarView {
  /// Whether these, behind a `#`, make a command: Azure Pipelines finds `##vso[` and `##[` wherever they stand in a line, GitHub's runner `##[`,
  /// TeamCity `##teamcity[`.
  fileprivate var continuesCommand: Bool {
    guard first == "#" else { return false }
    let word = dropFirst().prefix { $0 != "[" }.prefix(9)
    return ["", "vso", "teamcity"].contains(String(word).lowercased())
      && dropFirst(1 + word.count).first == "["
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is invisible or acts on the terminal: control characters (C0, DEL, C1), line separators, and what is shown as nothing
  /// but for joiners and selectors, which scripts and emoji need.
  public var isUndisplayable: Bool {
    if isASCII { return value < 0x20 || value == 0x7f }
    if isJoining { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }

  /// A joiner or a variation selector: nothing by itself, and a change of what stands before it.
  private var isJoining: Bool { value == 0x200c || value == 0x200d || (0xfe00...0xfe0f).contains(value) }

  /// Whether the scalar changes nothing where it stands, so that it would only hide there: among letters of ASCII, which do not join. Keycaps are
  /// digits with a selector.
  fileprivate func isHidden(after previous: Unicode.Scalar?) -> Bool {
    guard isJoining else { return false }
    guard let previous else { return true }
    return previous.isASCII && !("0"..."9").contains(previous)
  }

  /// A mark that takes no place of its own and stands on what is before it.
  fileprivate var isMark: Bool {
    !isASCII && !isJoining
      && (properties.generalCategory == .nonspacingMark || properties.generalCategory == .enclosingMark)
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
