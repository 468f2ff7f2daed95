// SPDX-License-Identifier: Apache-2.0
import LabModel

extension Exploration.Model {
  /// Something that a device owes.
  enum Owed: Equatable {
    case bytes([UInt8])
    case line(Exploration.Answer)
    /// The line, once, or the end of the connection.
    case lineOrEnd(Exploration.Answer)
  }

  /// What the device owes for bytes, and the bytes at their end for which it owes nothing yet.
  func answers(to bytes: [UInt8]) -> (owed: [Owed], rest: [UInt8]) {
    switch self {
    case .echo: return (bytes.isEmpty ? [] : [.bytes(bytes)], [])
    case .rounds, .printed, .attempts: return ([], [])
    case .table(let answers, let otherwise):
      // A program may take a line for an attack that is longer than any command.
      let longest = max(60, answers.keys.map(\.utf8.count).max() ?? 0)
      var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      let rest = lines.popLast() ?? []
      return (
        lines.map { line in
          let line = line.last == 13 ? line.dropLast() : line
          let known = String(bytes: line, encoding: .utf8).flatMap { text in
            // By bytes: two spellings of a letter are two commands.
            answers.first { $0.key.utf8.elementsEqual(text.utf8) }?.value
          }
          return line.count > longest ? .lineOrEnd(otherwise) : .line(known ?? otherwise)
        }, Array(rest)
      )
    }
  }
}
