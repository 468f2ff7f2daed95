// SPDX-License-Identifier: Apache-2.0
import LabModel

extension BuildLog {
  /// The first error alone, with the line that it quotes: where the cause is told in other words, the rest follows from it.
  func firstError() -> BuildLog {
    let blocks = blocksAtCalls()
    return BuildLog(lines: blocks.first { $0.isError }?.lines ?? [])
  }

  /// Without the steps by which macros come to what the compiler complains of, and the chains of includes: a macro of the SDK takes a dozen
  /// lines that show nothing of the student's. What is wrong within such a macro is shown where it is called, once.
  public func withoutExpansions() -> BuildLog {
    let blocks = blocksAtCalls()
    return blocks.contains { $0.isChanged } ? BuildLog(lines: blocks.flatMap(\.lines)) : self
  }

  private typealias Line = (coloured: Substring, plain: Substring)

  private init(lines: [Line]) {
    self.init()
    coloured = lines.map { $0.coloured + "\n" }.joined()
    plain = lines.map { $0.plain + "\n" }.joined()
  }

  /// A message with the lines below it.
  private struct Block {
    var lines: [Line]
    var isError = false
    /// What follows the place, for a message within the SDK.
    var message: Substring?
    var isChanged = false
    /// Whether it stands where the student calls a macro.
    var isMoved = false
  }

  private func blocksAtCalls() -> [Block] {
    let lines = zip(
      coloured.split(separator: "\n", omittingEmptySubsequences: false),
      plain.split(separator: "\n", omittingEmptySubsequences: false))
    var blocks: [Block] = [Block(lines: [])]
    var isLeftOut = false
    for line in lines where !line.1.isEmpty {
      let line: Line = line
      if Self.isContext(line.plain) {
        isLeftOut = true
        blocks[blocks.count - 1].isChanged = true
        continue
      }
      guard let match = Self.message.firstMatch(in: line.plain), let place = match[1], let text = match[2] else {
        if Self.other.isFound(in: line.plain) {
          isLeftOut = false
          blocks.append(Block(lines: [line]))
        } else if !isLeftOut {
          blocks[blocks.count - 1].lines.append(line)
        }
        continue
      }
      if text.hasPrefix("note: each undeclared") || text.hasPrefix("note: in definition of macro") {
        isLeftOut = true
        blocks[blocks.count - 1].isChanged = true
      } else if text.hasPrefix("note: \(Diagnostic.expansion)") {
        isLeftOut = true
        blocks[blocks.count - 1].isChanged = true
        guard !place.hasPrefix(Diagnostic.sdk), let message = blocks[blocks.count - 1].message else { continue }
        // The call, its line quoted, in the place of what the macro is made of.
        let moved = "\(place): \(message)"[...]
        blocks[blocks.count - 1].lines = [(moved, moved)]
        blocks[blocks.count - 1].isMoved = true
        isLeftOut = false
      } else {
        isLeftOut = false
        let isError = text.hasPrefix("error: ") || text.hasPrefix("fatal error: ")
        let isSDK = place.hasPrefix(Diagnostic.sdk) && !text.hasPrefix("note: ")
        blocks.append(Block(lines: [line], isError: isError, message: isSDK ? text : nil))
      }
    }
    return Self.once(blocks)
  }

  /// Each message once at a line: a macro that is made of five calls has five.
  private static func once(_ blocks: [Block]) -> [Block] {
    var seen: Set<[Substring]> = []
    return blocks.filter { block in
      guard let first = block.lines.first, let match = message.firstMatch(in: first.plain), let place = match[1],
        let text = match[2], !text.hasPrefix("note: ")
      else { return true }
      let line = place.split(separator: ":").prefix(2).joined(separator: ":")
      return seen.insert([line[...], text]).inserted || !block.isMoved
    }
  }

  private static let message = Pattern(#"^(\S.*?:\d+(?::\d+)?): ((?:fatal error|error|warning|note): .*)$"#)
  /// Where something begins that is no message with a place: "x.c: In function", "cc1: some warnings", the linker's lines.
  private static let other = Pattern(#"^\S+: "#)

  private static func isContext(_ line: Substring) -> Bool {
    line.hasPrefix("In file included from") || line.hasPrefix("                 from ")
  }
}
