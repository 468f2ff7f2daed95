// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A submission of a lab together with the verdict that its first lines declare.
struct DeclaredSubmission: CustomTestStringConvertible, Sendable {
  var path: String
  var verdict = ""
  var fails: Set<String> = []
  var skips: Set<String> = []
  /// Words that a hint of a failed check contains, by check.
  var hints: [(check: String, words: String)] = []
  /// Words that the message about a failed build contains.
  var says: [String] = []

  var testDescription: String { path }

  /// The submissions of a lab in one of its folders (`correct`, `wrong`, `refused`).
  static func all(_ lab: String, _ folder: String) -> [DeclaredSubmission] {
    let root = "labs/\(lab)/submissions/\(folder)"
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: LabProcess.checkout.path + "/" + root)) ?? []
    return entries.sorted().compactMap { DeclaredSubmission(path: "\(root)/\($0)") }
  }

  /// Reads the declaration; of a folder, the one in its `main.c` or `main/main.c`.
  init?(path: String) {
    self.path = path
    let base = LabProcess.checkout.path + "/" + path
    let text = ["", "/main.c", "/main/main.c"].lazy
      .compactMap { try? String(contentsOfFile: base + $0, encoding: .utf8) }.first
    guard let text else { return nil }
    for line in text.split(separator: "\n").prefix(while: { $0.hasPrefix("//") }) {
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "verdict": verdict = parts[1]
      case "fails": fails = Self.list(parts[1])
      case "skips": skips = Self.list(parts[1])
      case "says": says.append(parts[1])
      case "hint":
        let hint = parts[1].split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if hint.count == 2 { hints.append((hint[0], hint[1])) }
      default: break
      }
    }
  }

  private static func list(_ text: String) -> Set<String> {
    Set(text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
  }
}
