// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

/// What the compiler and the linker printed, with the paths that the student knows.
public struct BuildLog: Hashable, Sendable {
  /// With the compiler's colours and no other control code.
  public var coloured: String
  /// Without any control code.
  public var plain: String

  /// - Parameters:
  ///   - bytes: what a tool printed. It quotes the student's source, so it may hold anything.
  ///   - replacing: texts that stand for others, such as folders that are the lab's own.
  init(_ bytes: [UInt8] = [], replacing replacements: [(String, String)] = []) {
    var text = String(decoding: bytes, as: UTF8.self)
    for (old, new) in replacements where !old.isEmpty {
      // A path that is too long to be looked for stays.
      guard let pattern = try? Pattern(compiling: Pattern.quoted(old)) else { continue }
      text = pattern.replacing(in: text) { _ in new }
    }
    // The compiler calls the linker by a path through its own folders.
    text = Self.linkerPath.replacing(in: text) { _ in "ld: " }
    (coloured, plain) = Self.clean(text)
  }

  private static let linkerPath = Pattern(#"/[^\s:]*/bin/ld: "#)

  /// Puts another tool's output after this one's.
  mutating func append(_ other: BuildLog) {
    coloured += other.coloured
    plain += other.plain
  }

  /// Takes out what a tool says of itself.
  /// - Parameter isNoise: whether a line, without control codes, is of no use to a student.
  func without(_ isNoise: (Substring) -> Bool) -> BuildLog {
    var result = BuildLog()
    var isFirst = true
    for (coloured, plain) in zip(Self.lines(coloured), Self.lines(plain)) where !isNoise(plain) {
      if !isFirst {
        result.coloured += "\n"
        result.plain += "\n"
      }
      isFirst = false
      result.coloured += coloured
      result.plain += plain
    }
    return result
  }

  /// The lines of a text, empty ones too. By bytes: where characters end takes much longer to find out.
  private static func lines(_ text: String) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
  }

  private static let message = Pattern(#"^\S.*?:(\d+:|\s)"#)

  /// Only the messages about headers that the SDK lacks: without them nothing else that the compiler says means much.
  func absentHeadersOnly() -> BuildLog {
    var result = BuildLog()
    var isKept = false
    var context: (coloured: String, plain: String) = ("", "")
    // The colours do not change where lines end.
    for (coloured, plain) in zip(Self.lines(coloured), Self.lines(plain)) where !plain.isEmpty {
      if plain.hasPrefix("In file included from") || plain.hasPrefix("                 from ") {
        isKept = false
        context.coloured += coloured + "\n"
        context.plain += plain + "\n"
        continue
      }
      if Self.message.isFound(in: plain) {
        isKept = plain.contains("#error") && plain.contains("is not in the bundled SDK")
        if isKept {
          result.coloured += context.coloured
          result.plain += context.plain
        }
        context = ("", "")
      }
      guard isKept else { continue }
      result.coloured += coloured + "\n"
      result.plain += plain + "\n"
    }
    return result
  }

  /// Keeps text, line ends and tabs; keeps colours and "clear to end of line" in the first result only; drops the rest, and cuts lines.
  private static func clean(_ text: String) -> (coloured: String, plain: String) {
    var lines = CleanLines(longest: lineLimit)
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "\u{1b}" {
        if let end = endOfCommand(rest) {
          rest = rest[end...]
          continue
        }
        if let end = endOfColour(rest) {
          lines.append(colour: rest[..<end])
          rest = rest[end...]
          continue
        }
      } else if isPrintable(scalar) {
        lines.append(scalar)
      }
      rest = rest.dropFirst()
    }
    return lines.finish()
  }

  /// Where a colour or "clear to end of line" ends, if one begins here: ESC [, numbers and semicolons, m or K.
  private static func endOfColour(_ rest: String.UnicodeScalarView.SubSequence) -> String.UnicodeScalarView.Index? {
    guard rest.dropFirst().first == "[" else { return nil }
    let body = rest.dropFirst(2).prefix(16)
    guard let end = body.firstIndex(where: { !("0"..."9" ~= $0) && $0 != ";" }), rest[end] == "m" || rest[end] == "K"
    else { return nil }
    return rest.index(after: end)
  }

  /// Where a terminal's command ends, if one begins here: ESC ], anything, BEL or ESC \\. Compilers write links that way.
  private static func endOfCommand(_ rest: String.UnicodeScalarView.SubSequence) -> String.UnicodeScalarView.Index? {
    guard rest.dropFirst().first == "]" else { return nil }
    let body = rest.dropFirst(2).prefix(512)
    guard let end = body.firstIndex(where: { $0 == "\u{07}" || $0 == "\u{1b}" || $0 == "\n" }) else { return nil }
    let next = rest.index(after: end)
    switch rest[end] {
    case "\u{07}": return next
    case "\u{1b}" where next < rest.endIndex && rest[next] == "\\": return rest.index(after: next)
    default: return nil
    }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a: true
    case 0x00..<0x20, 0x7f..<0xa0, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff: false
    default: true
    }
  }
}

/// Lines of bounded length, with and without colours.
private struct CleanLines {
  private let longest: Int
  private var coloured = String.UnicodeScalarView()
  private var plain = String.UnicodeScalarView()
  /// How many bytes of the last line were kept, colours included, and how many were left out.
  private var kept = 0
  private var leftOut = 0

  init(longest: Int) {
    self.longest = longest
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar == "\n" { endLine() }
    let width = UTF8.width(scalar)
    guard kept + width <= longest, leftOut == 0 else {
      leftOut += width
      return
    }
    kept = scalar == "\n" ? 0 : kept + width
    coloured.append(scalar)
    plain.append(scalar)
  }

  mutating func append(colour: String.UnicodeScalarView.SubSequence) {
    guard leftOut == 0, kept + colour.count <= longest else { return }
    kept += colour.count
    coloured.append(contentsOf: colour)
  }

  private mutating func endLine() {
    if leftOut > 0 {
      let note = " … \(leftOut) bytes left out".unicodeScalars
      // What the line has switched on ends with it.
      coloured.append(contentsOf: "\u{1b}[m".unicodeScalars)
      coloured.append(contentsOf: note)
      plain.append(contentsOf: note)
    }
    (kept, leftOut) = (0, 0)
  }

  mutating func finish() -> (coloured: String, plain: String) {
    endLine()
    return (String(coloured), String(plain))
  }
}
