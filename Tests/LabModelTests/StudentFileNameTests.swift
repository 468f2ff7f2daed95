// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@Suite struct StudentFileNameTests {
  @Test(arguments: ["ann", "ann.smith", "s1234567", "smith_jane", "a-b", "0"])
  func aPlainNameStandsForItself(name: String) {
    #expect(StudentResult.fileName(for: name) == name)
  }

  @Test func whatIsLegibleStaysLegible() {
    #expect(StudentResult.fileName(for: "Ann Smith").hasPrefix("Ann_Smith-"))
    #expect(StudentResult.fileName(for: "Ann Smith").utf8.count == "Ann_Smith-".utf8.count + 16)
  }

  private static let hostile = [
    "", ".", "..", "...", "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", ".hidden", "-rf", "ann.", "ann ", " ann",
    "con", "CON", "con.c", "nul", "com1", "lpt9.txt", "a\nb", "a\0b", "\u{1b}[2J", "\u{202e}nna", "é", "e\u{301}",
    "%2e%2e",
    "Ann", "ANN", "aNn", "a:b", "a*b", "a?b", "a\"b", "a'b", "a<b>", "a|b", "a#b", "a&b", "名前", "🙂", "~", "$HOME",
    "annsmith-0123456789abcdef", String(repeating: "a", count: 64), String(repeating: "a", count: 65),
    String(repeating: "a", count: 300), String(repeating: "a", count: 301), String(repeating: "名", count: 85),
  ]

  @Test(arguments: hostile)
  func everyNameIsSafe(name: String) throws {
    let file = StudentResult.fileName(for: name)
    #expect(file.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._-]*/) != nil)
    #expect(file.utf8.count <= 90)
    #expect(!file.hasSuffix("."))
    let stem = file.prefix { $0 != "." }.lowercased()
    #expect(!["con", "prn", "aux", "nul", "com1", "lpt9"].contains(stem))
  }

  @Test func differentNamesDifferEvenWhereCaseDoesNotCount() {
    // Swift takes é for é; a file system may not.
    let names = Self.hostile + ["ann", "annsmith", "aa", "a.b", "a_b"]
    let files = names.map { StudentResult.fileName(for: $0).lowercased() }
    #expect(Set(files).count == names.count)
  }

  @Test func noNameIsTheResultOfAnother() {
    let result = StudentResult.fileName(for: "ann smith")
    #expect(StudentResult.fileName(for: result) != result)
  }
}
