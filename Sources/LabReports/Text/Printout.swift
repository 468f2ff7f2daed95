// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Text for a terminal or a log that is being put together. What stands in a literal of the lab's sources is the lab's own word, line ends included;
/// whatever is interpolated is text that anyone may have written: it is made ``Swift/String/displayable``, so that it is part of one line, and no line
/// begins with it. There is no other way to print.
///
/// Who reads it, and what CI services read, then is the lab at the beginning of every line: a program cannot have its compiler print a verdict, or a
/// command such as `::error::`, which GitHub's runner looks for behind blanks as well.
public struct Printout: Sendable, ExpressibleByStringInterpolation {
  /// A part of it.
  enum Piece: Sendable {
    /// The lab's own words; line ends are line ends.
    case own(String)
    /// Somebody else's, without line ends.
    case foreign(String)
    /// What acts on a terminal and takes no place.
    case code(String)
  }

  /// Its parts, in their order.
  private(set) var pieces: [Piece]

  /// Nothing.
  public init() { pieces = [] }

  /// Words of the lab's own.
  public init(stringLiteral value: StaticString) { pieces = [.own("\(value)")] }

  /// Words of the lab's own, and what others wrote between them.
  public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  /// Words of the lab's own that are no literal: its help, a schema. Nothing that anybody else has written may be among them.
  public init(own text: String) { pieces = [.own(text)] }

  /// What acts on a terminal.
  init(code: StaticString) { pieces = [.code("\(code)")] }

  /// Lines, each with its end.
  init(lines: some Sequence<Printout>) { pieces = lines.flatMap { $0.pieces + [.own("\n")] } }

  /// A file's path, which a line may begin with: after `./`, unless it is absolute or begins with a plain word.
  public init(path: String) {
    let word = path.prefix { $0 != "/" }
    let isPlain =
      word.utf8.allSatisfy(\.isPlainInNames) && word.first != "-" && (path.contains("/") || path.contains("."))
    let own = path.hasPrefix("/") ? "/" : isPlain ? String(word) : "./"
    pieces = [.own(own), .foreign(String(path.dropFirst(own == "./" ? 0 : own.count)).displayable)]
  }

  /// A failure of the lab or of the call: what happened, and what to do about it.
  public init(_ error: LabError) {
    self = "lab: \(Printout(following: error.message))\n"
    for line in error.remedy?.displayableLines ?? [] { self += "  \(line)\n" }
  }

  /// What others wrote, behind words of the lab's in a line; its other lines stand below that one behind bars.
  public init(following text: String) {
    let lines = text.displayableLines
    self = "\(lines.first ?? "")"
    for line in lines.dropFirst() { self += "\n  | \(line)" }
  }

  /// What others wrote, line by line: a bar stands before each, so that nobody takes it for the lab's.
  static func quoted(_ text: String) -> [Printout] { text.displayableLines.map { "  | \($0)" } }

  /// One after the other.
  public static func + (first: Printout, second: Printout) -> Printout {
    var whole = first
    whole += second
    return whole
  }

  /// One after the other.
  public static func += (first: inout Printout, second: Printout) { first.pieces += second.pieces }

  /// Whether there is nothing in it.
  public var isEmpty: Bool {
    pieces.allSatisfy { piece in
      switch piece {
      case .own(let text), .foreign(let text), .code(let text): text.isEmpty
      }
    }
  }

  /// The columns that it takes as part of a line.
  public var columns: Int { words.reduce(0) { $0 + $1.columns } }

  /// The most columns that any terminal gives it.
  private var columnsAtMost: Int { words.reduce(0) { $0 + $1.columnsAtMost } }

  /// What can be seen of it.
  private var words: [String] {
    pieces.compactMap { piece in
      switch piece {
      case .own(let text), .foreign(let text): text
      case .code: nil
      }
    }
  }

  /// The text with blanks after it up to a width.
  func padded(to width: Int) -> Printout { "\(self)\(blanks: width - columns)" }

  /// The text with blanks before it up to a width.
  func indented(to width: Int) -> Printout { "\(blanks: width - columns)\(self)" }

  /// The text, cut off with an ellipsis where it is wider than `width` columns. Codes in it are left out then.
  func truncated(to width: Int) -> Printout {
    guard columnsAtMost > width else { return self }
    var cut = Printout()
    for piece in pieces {
      let left = max(0, width - 1) - cut.columnsAtMost
      switch piece {
      case .own(let text): cut.pieces.append(.own(text.prefix(columns: left)))
      case .foreign(let text): cut.pieces.append(.foreign(text.prefix(columns: left)))
      case .code: continue
      }
    }
    return width > 0 ? cut + "…" : cut
  }
}

extension UInt8 {
  fileprivate var isPlainInNames: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
