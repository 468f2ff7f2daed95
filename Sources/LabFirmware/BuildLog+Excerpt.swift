// SPDX-License-Identifier: Apache-2.0
import LabModel

extension BuildLog {
  /// The first error alone, with the line that it quotes: where the cause is told in other words, the rest follows from it.
  func firstError() -> BuildLog {
    var isFound = false
    var isKept = false
    return withoutExpansions().without { line in
      if Self.isMessage(line) {
        isKept = !isFound && (line.contains(": error: ") || line.contains(": fatal error: "))
        isFound = isFound || isKept
      }
      return !isKept || line.isEmpty
    }.endingInLine()
  }

  /// Without the steps by which macros come to what the compiler complains of, and the chains of includes: a macro of the SDK takes a dozen
  /// lines that show nothing of the student's.
  public func withoutExpansions() -> BuildLog {
    var isKept = true
    return without { line in
      if Self.isContext(line) {
        isKept = false
      } else if Self.isMessage(line) {
        isKept = !Self.expansion.isFound(in: line)
      }
      return !isKept
    }
  }

  private func endingInLine() -> BuildLog {
    var result = self
    if !result.plain.isEmpty {
      result.plain += "\n"
      result.coloured += "\n"
    }
    return result
  }

  private static let messageLine = Pattern(#"^\S.*?:\d+:(?:\d+:)? (?:fatal )?(?:error|warning|note): |^\S+: |^cc1: "#)
  private static let expansion = Pattern(
    "note: (?:in (?:definition|expansion) of macro|each undeclared identifier is reported)")

  private static func isMessage(_ line: Substring) -> Bool { messageLine.isFound(in: line) }

  private static func isContext(_ line: Substring) -> Bool {
    line.hasPrefix("In file included from") || line.hasPrefix("                 from ")
  }
}
