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
    // By bytes: there may be millions of them.
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        lines.endLine()
        index += 1
      } else if 0x20...0x7e ~= byte || byte == UInt8(ascii: "\t") {
        lines.append(byte)
        index += 1
      } else if byte == 0x1b {
        if let end = endOfCommand(bytes[index...]) {
          index = end
        } else if let end = endOfColour(bytes[index...]) {
          lines.append(colour: bytes[index..<end])
          index = end
        } else {
          index += 1
        }
      } else {
        let end = index + width(from: byte)
        if isPrintable(bytes[index..<end]) { lines.append(bytes[index..<end]) }
        index = end
      }
    }
    return lines.finish()
  }

  /// Where a colour or "clear to end of line" ends, if one begins here: ESC [, numbers and semicolons, m or K.
  private static func endOfColour(_ rest: ArraySlice<UInt8>) -> Int? {
    guard rest.dropFirst().first == UInt8(ascii: "[") else { return nil }
    let end = rest.dropFirst(2).prefix(16).firstIndex { !(0x30...0x39 ~= $0) && $0 != UInt8(ascii: ";") }
    guard let end, [UInt8(ascii: "m"), UInt8(ascii: "K")].contains(rest[end]) else { return nil }
    return end + 1
  }

  /// Where a terminal's command ends, if one begins here: ESC ], anything, BEL or ESC \\. Compilers write links that way.
  private static func endOfCommand(_ rest: ArraySlice<UInt8>) -> Int? {
    guard rest.dropFirst().first == UInt8(ascii: "]") else { return nil }
    let end = rest.dropFirst(2).prefix(512).firstIndex { $0 == 0x07 || $0 == 0x1b || $0 == UInt8(ascii: "\n") }
    guard let end else { return nil }
    switch rest[end] {
    case 0x07: return end + 1
    case 0x1b where rest[(end + 1)...].first == UInt8(ascii: "\\"): return end + 2
    default: return nil
    }
  }

  /// How many bytes a character has, by its first (RFC 3629, section 3).
  private static func width(from first: UInt8) -> Int { first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4 }

  /// Whether a character that is not plain ASCII is kept.
  private static func isPrintable(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count > 1 else { return false }
    switch String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0 {
    case 0x00..<0x20, 0x7f..<0xa0, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff: return false
    default: return true
    }
  }
}

/// Lines of bounded length, with and without colours.
private struct CleanLines {
  private let longest: Int
  private var coloured: [UInt8] = []
  private var plain: [UInt8] = []
  /// How many bytes of the last line were kept, colours included, and how many were left out.
  private var kept = 0
  private var leftOut = 0

  init(longest: Int) {
    self.longest = longest
  }

  /// Adds a character of one byte.
  mutating func append(_ byte: UInt8) {
    guard kept < longest, leftOut == 0 else {
      leftOut += 1
      return
    }
    kept += 1
    coloured.append(byte)
    plain.append(byte)
  }

  /// Adds a character.
  mutating func append(_ character: ArraySlice<UInt8>) {
    guard kept + character.count <= longest, leftOut == 0 else {
      leftOut += character.count
      return
    }
    kept += character.count
    coloured += character
    plain += character
  }

  mutating func append(colour: ArraySlice<UInt8>) {
    guard leftOut == 0, kept + colour.count <= longest else { return }
    kept += colour.count
    coloured += colour
  }

  mutating func endLine() {
    tellWhatIsMissing()
    coloured.append(UInt8(ascii: "\n"))
    plain.append(UInt8(ascii: "\n"))
  }

  private mutating func tellWhatIsMissing() {
    if leftOut > 0 {
      let note = Array(" … \(leftOut) bytes left out".utf8)
      // What the line has switched on ends with it.
      coloured += Array("\u{1b}[m".utf8) + note
      plain += note
    }
    (kept, leftOut) = (0, 0)
  }

  mutating func finish() -> (coloured: String, plain: String) {
    tellWhatIsMissing()
    return (String(decoding: coloured, as: UTF8.self), String(decoding: plain, as: UTF8.self))
  }
}
