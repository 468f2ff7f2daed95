// SPDX-License-Identifier: Apache-2.0

extension Printout {
  /// The text on a pipe or in a file, where lines are as long as they are.
  public var text: String { rendered(width: nil) }

  /// The text as it is written.
  ///
  /// A line that would begin with somebody else's words begins with a bar. So does one that has blanks of the lab's before them, unless they begin as
  /// sentences do. What is wider than a terminal goes on in lines that begin in the same way: the terminal itself would have them begin with anything.
  /// - Parameter width: the terminal's columns; nil where there is none.
  public func rendered(width: Int?) -> String {
    var lines = LineWriter(width: width)
    for piece in pieces {
      switch piece {
      case .own(let text): lines.write(own: text)
      case .foreign(let text): lines.write(foreign: text)
      case .code(let text): lines.write(code: text)
      }
    }
    return lines.text
  }
}

/// Writes pieces of text and keeps an eye on where lines begin.
private struct LineWriter {
  /// What a line has so far.
  private enum Beginning {
    case nothing, blanks, words
  }

  private static let bar = "| "
  private static let continuation = "  | "

  private(set) var text = ""
  private let limit: Int?
  private var column = 0
  private var beginning = Beginning.nothing

  /// - Parameter width: the terminal's columns.
  init(width: Int?) {
    // The last column stays free: some terminals go to the next line once it is filled.
    limit = width.map { max(20, $0) - 1 }
  }

  mutating func write(own piece: String) {
    for character in piece {
      if character == "\n" {
        text += "\n"
        (column, beginning) = (0, .nothing)
        continue
      }
      put(character)
      if character != " " {
        beginning = .words
      } else if beginning == .nothing {
        beginning = .blanks
      }
    }
  }

  mutating func write(foreign piece: String) {
    guard let first = piece.first else { return }
    if beginning == .nothing || beginning == .blanks && !first.beginsSentences {
      if let limit, column + Self.bar.count >= limit {
        goOn()
      } else {
        text += Self.bar
        column += Self.bar.count
      }
    }
    beginning = .words
    for character in piece { put(character) }
  }

  mutating func write(code: String) {
    text += code
    if code.first == "\r" { (column, beginning) = (0, .nothing) }
  }

  private mutating func put(_ character: Character) {
    let width = character.columnsAtMost
    if let limit, column + width > limit { goOn() }
    text.append(character)
    column += width
  }

  private mutating func goOn() {
    text += "\n" + Self.continuation
    (column, beginning) = (Self.continuation.count, .words)
  }
}

extension Character {
  /// Whether the lab's hints, and what a check has seen, may begin with it where their second line begins: letters, digits, brackets, quotes. What
  /// gives commands to a CI service begins otherwise.
  fileprivate var beginsSentences: Bool {
    isLetter || isNumber || "\"'`(/_".contains(self)
  }
}
