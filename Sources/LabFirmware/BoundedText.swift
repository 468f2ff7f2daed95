// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
  /// The text, cut to a length that a person reads: a student's file decides how long names in it are.
  var shortened: String {
    let longest = 200
    return utf8.count <= longest ? String(self) : unicodeScalars.prefix(longest).map { "\($0)" }.joined() + "…"
  }
}

extension [String] {
  /// The first of the notes, and how many more there are.
  /// - Parameter what: what they are about, in the plural.
  func shortened(_ what: String) -> [String] {
    let longest = 10
    return count <= longest ? self : prefix(longest) + ["\(count - longest) more notes about \(what) were left out"]
  }
}
