// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The files that went into another one, as compilers write them down for make: `target: file file …`, in one rule.
///
/// A name that could be read in two ways is not read at all.
struct DependencyRule {
  /// The files, as the compiler names them.
  let files: [String]

  /// - Parameters:
  ///   - text: the rule. It is hostile.
  ///   - target: the target that it has to be for, as the compiler writes it.
  /// - Returns: `nil` if it is not such a rule, from its first byte to its last, or has a name that is not clear.
  init?(_ text: [UInt8], target: String) {
    let start = Array(target.utf8)
    guard text.starts(with: start), text.last == UInt8(ascii: "\n"), !text.contains(0) else { return nil }
    // A final line end alone ends the rule.
    var rule = text.dropFirst(start.count).dropLast()
    if rule.first == UInt8(ascii: " ") { rule.removeFirst() }
    guard rule.popFirst() == UInt8(ascii: ":") else { return nil }
    guard let files = (Array(rule) + [0]).withUnsafeBytes({ Self.files($0.assumingMemoryBound(to: CChar.self)) }) else {
      return nil
    }
    self.files = files
  }

  /// The bytes that mean something, or that no name has.
  private static let special = [CChar](1..<0x20) + [0x20, 0x23, 0x24, 0x5c, 0x7f, 0]

  /// Takes names apart.
  /// - Parameter list: what comes after the colon, with a zero byte at its end.
  private static func files(_ list: UnsafeBufferPointer<CChar>) -> [String]? {
    guard var next = list.baseAddress else { return nil }
    var files: [String] = []
    var name: [UInt8] = []
    func finish() -> Bool {
      guard !name.isEmpty else { return true }
      guard let text = String(validating: name, as: UTF8.self) else { return false }
      files.append(text)
      name = []
      return true
    }
    while true {
      let length = strcspn(next, special)
      name.append(contentsOf: UnsafeRawBufferPointer(start: next, count: length))
      next += length
      switch (UInt8(bitPattern: next[0]), next[0] == 0 ? 0 : UInt8(bitPattern: next[1])) {
      case (0, _): return finish() ? files : nil
      case (UInt8(ascii: " "), _):
        guard finish() else { return nil }
        next += 1
      // Before a space or a number sign a backslash takes away their meaning, at the end of a line it joins the next.
      case (UInt8(ascii: "\\"), UInt8(ascii: "\n")):
        guard finish() else { return nil }
        next += 2
      case (UInt8(ascii: "\\"), let byte) where [UInt8(ascii: " "), UInt8(ascii: "#")].contains(byte):
        name.append(byte)
        next += 2
      case (UInt8(ascii: "$"), UInt8(ascii: "$")):
        name.append(UInt8(ascii: "$"))
        next += 2
      default: return nil
      }
    }
  }
}
