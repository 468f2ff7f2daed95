// SPDX-License-Identifier: Apache-2.0
import LabSandbox

extension BuildLog {
  /// Bytes of a line that are kept: more than a message has that says something, and few enough for whatever reads lines.
  static let lineLimit = 1_000
  /// How many errors a compiler tells before it gives up. GCC takes longer for each than for the one before: minutes for 100,000.
  static let errorLimit = 100

  /// What is kept of a tool's output before anything reads it: lines of bounded length.
  static func bounded(_ bytes: [UInt8]) -> [UInt8] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.contains(where: { $0.count > lineLimit }) else { return bytes }
    return Array(lines.map(shortened).joined(separator: [UInt8(ascii: "\n")]))
  }

  private static func shortened(_ line: ArraySlice<UInt8>) -> [UInt8] {
    guard line.count > lineLimit else { return Array(line) }
    var kept = line.prefix(lineLimit)
    // Not within a character.
    while let last = kept.last, last & 0xc0 == 0x80 { kept.removeLast() }
    if let last = kept.last, last >= 0xc0 { kept.removeLast() }
    return kept + Array(" … \(line.count - kept.count) bytes left out".utf8)
  }

  /// What is kept of one tool's output where several have printed some: its beginning and its end.
  /// - Parameter count: how many tools there are.
  static func share(_ bytes: [UInt8], of count: Int) -> [UInt8] {
    var kept = BoundedBytes(limit: max(8 << 10, (1 << 20) / max(1, count)))
    kept.append(bytes)
    return kept.bytes
  }
}
