// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A submission of a lab together with the verdict that its first lines declare.
struct DeclaredSubmission: CustomTestStringConvertible, Sendable {
  /// Where the declaration of a folder may stand; that of a file stands in the file.
  private static let places = [
    "", "/main.c", "/main/main.c", "/main.swift", "/main/main.swift", "/Main.swift", "/main/Main.swift",
  ]

  let lab: TestedLab
  let path: String
  private(set) var verdict = ""
  private(set) var fails: Set<String> = []
  private(set) var skips: Set<String> = []
  /// Words that a hint of a failed check contains, by check.
  private(set) var hints: [(check: String, words: String)] = []
  /// Words that the messages of the build contain.
  private(set) var says: [String] = []
  /// What is wrong with the declaration.
  private(set) var problems: [String] = []

  var testDescription: String { path }

  /// Reads the declaration.
  init(lab: TestedLab, path: String) {
    self.lab = lab
    self.path = path
    let base = LabProcess.checkout.path + "/" + path
    let text = Self.places.lazy.compactMap { try? String(contentsOfFile: base + $0, encoding: .utf8) }.first
    var keys: Set<String> = []
    for line in (text ?? "").split(separator: "\n").prefix(while: { $0.hasPrefix("//") }) {
      let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2 else { continue }
      keys.insert(parts[0])
      take(parts[0], parts[1])
    }
    for key in ["Submission", "verdict"] where !keys.contains(key) { problems.append("no '// \(key):' line") }
    let known = Set(lab.definition?.checks.map(\.id) ?? [])
    let unknown = fails.union(skips).union(hints.map(\.check)).subtracting(known)
    problems += unknown.sorted().map { "the lab has no check '\($0)'" }
  }

  private mutating func take(_ key: String, _ value: String) {
    switch key {
    case "verdict": verdict = value
    case "fails": fails = Self.list(value)
    case "skips": skips = Self.list(value)
    case "says": says.append(value)
    case "hint":
      let hint = value.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if hint.count == 2 {
        hints.append((hint[0], hint[1]))
      } else {
        problems.append("'hint: \(value)' names no check")
      }
    default: break
    }
  }

  private static func list(_ text: String) -> Set<String> {
    Set(text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
  }
}
