// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

struct PatternTests {
  @Test func findsTheLeftmostMatchAndItsGroups() throws {
    let pattern = Pattern(#"(\w+)@(\w+)(\.\w+)?"#)
    let match = try #require(pattern.firstMatch(in: "° an@b, c@d.e"))
    #expect(match[0] == "an@b")
    #expect(match[1] == "an")
    #expect(match[2] == "b")
    #expect(match[3] == nil)
    #expect(match[4] == nil)
    let text = "° an@b, c@d.e"
    #expect(text[pattern.matches(in: text)[1].range] == "c@d.e")
    #expect(pattern.matches(in: text).map { $0[0] } == ["an@b", "c@d.e"])
    #expect(pattern.isFound(in: text[text.index(text.startIndex, offsetBy: 7)...]))
    #expect(!pattern.isFound(in: text[text.index(text.startIndex, offsetBy: 10)...]))
  }

  @Test func aPartOfATextIsATextOfItsOwn() throws {
    let text = "one two"
    let part = text.dropFirst(4)
    let match = try #require(Pattern("^two$").firstMatch(in: part))
    #expect(text[match.range] == "two")
    #expect(Pattern("^two").firstMatch(in: text) == nil)
    // What comes before it is looked at, and is no beginning.
    #expect(Pattern(#"^.|\bt"#).matches(in: text).map { $0[0] } == ["o", "t"])
  }

  @Test(arguments: [
    ("a$", "a\n", false), ("a$", "a\r\n", false), (#"a\z"#, "a", true), ("^b", "a\nb", false), ("(?m)^b", "a\nb", true),
    ("a.b", "a\nb", false), ("a.b", "a\rb", true), ("(?s)a.b", "a\nb", true), ("(?s)^..$", "\r\n", true),
    (#"^\r\n$"#, "\r\n", true), ("^.$", "é", true), ("^.$", "😀", true), ("^..$", "e\u{301}", true),
    (#"\d"#, "٣", false), (#"\p{Nd}"#, "٣", true), (#"\w"#, "é", false), (#"\pL"#, "é", true), ("(?i)É", "é", true),
    (#"\s"#, "\u{a0}", false), (#"[\s\pZ]"#, "\u{a0}", true), (#"\x00"#, "\0", true), ("(?i:ge)t", "GEt", true),
    ("", "", true),
    ("^$", "", true), ("^$", "\n", false), ("x{", "x{", true), (#"\{~@\^\}"#, "{~@^}", true),
  ])
  func means(_ text: String, _ subject: String, _ isFound: Bool) throws {
    #expect(try Pattern(compiling: text).isFound(in: subject) == isFound)
  }

  @Test func wholeMatchesAreThoseOfAllOfAText() {
    let pattern = Pattern("a|ab")
    #expect(pattern.wholeMatch(in: "ab")?[0] == "ab")
    #expect(pattern.wholeMatch(in: "abc") == nil)
    #expect(Pattern("(a)|b").wholeMatch(in: "b")?[1] == nil)
    #expect(Pattern("(a*)").wholeMatch(in: "")?[1] == "")
  }

  @Test func replacesAllMatches() {
    #expect(Pattern(#"\$\{([^}]*)\}"#).replacing(in: "°${a}${b}é${") { "<\($0[1] ?? "")>" } == "°<a><b>é${")
    #expect(Pattern("x*").replacing(in: "é😀x") { _ in "-" } == "-é-😀--")
  }

  @Test(arguments: [
    ("a(?!b)", "look-ahead is not supported"), ("a(?=b)", "look-ahead is not supported"),
    ("(?<!a)b", "look-behind is not supported"), ("(?<=a)b", "look-behind is not supported"),
    (#"(a)\1"#, "back-references are not supported"), ("a++", "possessive repetition is not supported"),
    ("(?>a)", "atomic groups are not supported"), ("(?<year>[0-9]+)", "a named group is written (?P<name>…)"),
    (#"a\Z"#, #"the end of the text is \z"#), (#"\u{41}"#, #"\x{2013}"#), ("a{1001}", "a repetition counts up to 1000"),
    ("(", "missing )"), ("[a", "missing ]"), ("*", "no argument for repetition operator"),
  ])
  func tellsWhatIsWrong(_ text: String, _ part: String) throws {
    let problem = try #require(throws: PatternProblem.self) { try Pattern(compiling: text) }
    #expect("\(problem)".contains(part), "\(problem)")
  }

  @Test func refusesWhatIsTooLong() {
    #expect(throws: PatternProblem.self) { try Pattern(compiling: String(repeating: "a", count: Pattern.longest + 1)) }
    #expect(throws: Never.self) { try Pattern(compiling: String(repeating: "a", count: Pattern.longest)) }
  }

  /// Every scalar that Unicode has, in texts of 256 of them: most blocks begin at such a border.
  @Test func aQuotedTextMatchesItselfWhateverItIs() throws {
    for block in 0..<UInt32(0x1100) {
      let scalars = (0..<256).compactMap { Unicode.Scalar(block << 8 + $0) }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      let pattern = try Pattern(compiling: "^(?:" + Pattern.quoted(text) + ")$")
      #expect(pattern.isFound(in: text), "\(String(block, radix: 16))xx")
      #expect(!pattern.isFound(in: text + "x"))
    }
    let scalars = (0..<UInt32(0x300)).compactMap(Unicode.Scalar.init) + ["°", "–", "中", "😀", "\u{2028}", "\u{fffd}"]
    for scalar in scalars {
      let pattern = try Pattern(compiling: Pattern.quoted("\(scalar)"))
      #expect(pattern.firstMatch(in: "a\(scalar)b")?[0].map { $0.unicodeScalars.elementsEqual([scalar]) } == true)
    }
    #expect(Pattern.quoted("").isEmpty)
  }

  @Test func aRangeOfBytesIsFound() {
    #expect(Pattern("°C").firstRange(in: Array("25 °C!".utf8)) == 3..<6)
    #expect(Pattern("°C").firstRange(in: []) == nil)
    #expect(Pattern("").firstRange(in: []) == 0..<0)
    // What is not UTF-8 is matched by nothing.
    #expect(Pattern(".").firstRange(in: [0xff, 0x61]) == 1..<2)
  }

  @Test func manyTasksMatchWithOne() async {
    let pattern = Pattern("(a+)b")
    let texts = (0..<64).map { String(repeating: "a", count: $0 + 1) + "b" }
    let lengths = await withTaskGroup(of: (Int, Int?).self) { group in
      for (index, text) in texts.enumerated() {
        group.addTask { (index, pattern.firstMatch(in: text)?[1]?.count) }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(lengths == Dictionary(uniqueKeysWithValues: texts.indices.map { ($0, $0 + 1) }))
  }
}
