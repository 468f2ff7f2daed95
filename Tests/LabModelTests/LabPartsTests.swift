// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

/// Names, data and hints of a lab file.
@Suite struct LabPartsTests {
  private func lab(
    _ extra: String, steps: String = "[{wait: 1s}]", hints: String = "[]", mistakes: [Mistake] = []
  ) throws -> Lab {
    try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        forward: [3333]
        \(extra)
        checks:
          - {id: only, title: Only, points: 5, steps: \(steps), hints: \(hints)}
        """, file: "lab.yaml", mistakes: MistakeCatalogue(mistakes))
  }

  private func message(_ body: () throws -> Lab) throws -> LabError {
    try #require(#expect(throws: LabError.self) { try body() })
  }

  private static func mistake(_ id: String) -> Mistake {
    Mistake(
      id: id, title: "T", wire: "W", uart: "U", hint: "hint of \(id)", shown: .init(lab: "9", submission: "wrong/a.c"))
  }

  @Test func readsNames() throws {
    let names = try lab("names: {a.b: 1.2.3.4, c.d: [1.2.3.4, 5.6.7.8], e.f: nxdomain, g.h: silent}").names
    #expect(names["a.b"] == HostAddress("1.2.3.4").map { .addresses([$0]) })
    #expect(names["c.d"] == .addresses([HostAddress("1.2.3.4"), HostAddress("5.6.7.8")].compactMap(\.self)))
    #expect(names["e.f"] == .nxdomain)
    #expect(names["g.h"] == .silent)
  }

  @Test(arguments: [
    ("names: {a.b: 1.2.3}", "lab.yaml:6:14: a name's answer has to be an IPv4 address, not '1.2.3'"),
    ("names: {a.b: []}", "a name's answer is an empty list"),
    ("data: {x: {bytes: 0}}", "'bytes' has to be from 1 to 262144, not 0"),
    ("data: {x: {bytes: 9, alphabet: leters}}", "unknown alphabet 'leters'"),
    ("data: {x: {text: a, seed: 2}}", "unknown key 'seed'"),
    ("data: {x: {}}", "the data 'x' needs exactly one of 'text', 'hex', 'bytes', and has none"),
  ]) func refusesADeclaration(yaml: String, text: String) throws {
    let error = try message { try lab(yaml) }
    #expect(error.message.contains(text), "\(error.message)")
    #expect(error.message.hasPrefix("lab.yaml:6:"))
  }

  @Test func readsHintsOfAllConditions() throws {
    let hints = """
      [{when: {dialled: '127.0.0.1:*', resolved: nothing, attempts: '<5', gap: constant}, say: A}, \
      {when: {resolved: a.b, attempts: 0}, mistake: one}, {mistake: [two, one]}]
      """
    let lab = try lab("time_limit: 1s", hints: hints, mistakes: [Self.mistake("one"), Self.mistake("two")])
    #expect(
      lab.checks[0].hints == [
        Hint(
          condition: [
            .dialled(DialledPattern(address: HostAddress("127.0.0.1"), port: nil)), .resolved(.nothing),
            .attempts(CountComparison(.less, 5)), .gap(.constant),
          ], text: "A"),
        Hint(condition: [.resolved(.name("a.b")), .attempts(CountComparison(.equal, 0))], text: "hint of one"),
        Hint(condition: HintCondition(), texts: ["hint of two", "hint of one"]),
      ])
  }

  @Test func readsConditionsAboutConnections() throws {
    let lab = try lab(
      "time_limit: 1s", steps: "[{client: ann, connect: 3333}, {client: ann, expect_probe: true}]",
      hints: "[{when: {peer: ann, left_open: ann, probed: ann, acknowledged: false}, say: A}]")
    let condition = HintCondition([.peer("ann"), .acknowledged(false), .leftOpen("ann"), .probed("ann")])
    #expect(lab.checks[0].hints == [Hint(condition: condition, text: "A")])
    #expect(
      lab.checks[0].method
        == .steps([
          Step(.client("ann", .connect(port: 3333)), line: 8), Step(.client("ann", .stream(.expectProbe)), line: 8),
        ]))
  }

  @Test(arguments: [
    ("{say: A}", "a hint needs 'when'"),
    ("{when: {}, say: A}", "'when' needs at least one condition"),
    ("{mistake: on}", "unknown mistake 'on'"),
    ("{mistake: []}", "'mistake' needs at least one mistake"),
    ("{mistake: one, say: A}", "has 'say' and 'mistake'"),
    ("{when: {dialled: '1.2.3.4'}, say: A}", "'dialled' has to be an address and a port, not '1.2.3.4'"),
    ("{when: {attempts: many}, say: A}", "'attempts' has to compare with a number, not 'many'"),
    ("{when: {gap: wide}, say: A}", "unknown gap between attempts 'wide'"),
    ("{when: {uart: '${ann.port}'}, say: A}", "unknown actor 'ann'"),
    ("{when: {peer: bob}, say: A}", "unknown client or server 'bob'"),
    ("{when: {left_open: ann}, say: A}", "unknown client or server 'ann'"),
  ]) func refusesAHint(hint: String, text: String) throws {
    let error = try message { try lab("time_limit: 1s", hints: "[\(hint)]", mistakes: [Self.mistake("one")]) }
    #expect(error.message.contains(text), "\(error.message)")
    #expect(error.message.hasPrefix("lab.yaml:8:"))
  }

  @Test(arguments: [
    ("{mistake: one}", "{when: {attempts: 0}, say: A}"),
    ("{when: {attempts: 0}, say: A}", "{when: {attempts: 0}, say: B}"),
    ("{when: {attempts: 0}, say: A}", "{when: {attempts: 0, gap: late}, say: B}"),
  ]) func refusesAHintThatIsNeverGiven(first: String, second: String) throws {
    let mistakes = [Self.mistake("one")]
    let error = try message {
      try lab("time_limit: 1s", hints: "[{when: {gap: early}, say: C}, \(first), \(second)]", mistakes: mistakes)
    }
    #expect(error.message.contains("never given: hint 2 of the check"), "\(error.message)")
    _ = try lab("time_limit: 1s", hints: "[{when: {gap: constant}, say: C}, \(second)]", mistakes: mistakes)
  }

  @Test func generatesTheSameBytesAlways() {
    let data = LabData(name: "x", count: 200, seed: 3, kind: .letters)
    #expect(data == LabData(name: "x", count: 200, seed: 3, kind: .letters))
    #expect(data.bytes != LabData(name: "x", count: 200, seed: 4, kind: .letters).bytes)
    let lines = data.bytes.split(separator: 10)
    #expect(lines.map(\.count) == [63, 63, 63, 7])
    #expect(data.bytes.last == 10)
    #expect(Set(data.bytes).subtracting([10]).isSubset(of: data.alphabet))
    #expect(LabData(name: "x", count: 4096, seed: 1, kind: .bytes).alphabet.count == 256)
    #expect(LabData(name: "x", text: "a\r\n").alphabet == [97])
  }

  @Test(arguments: [
    ("5", 5, true), ("5", 4, false), ("<5", 4, true), ("<5", 5, false), (">=6", 6, true), ("> 6", 6, false),
    ("<=5", 5, true),
  ]) func comparesCounts(text: String, count: Int, holds: Bool) throws {
    #expect(try #require(CountComparison(text)).holds(for: count) == holds)
  }

  @Test(arguments: [
    ("127.0.0.1:*", true), ("*:80", true), ("127.0.0.1:80", true), ("127.0.0.1:81", false), ("10.0.2.2:*", false),
  ]) func matchesWhatWasDialled(pattern: String, holds: Bool) throws {
    #expect(try #require(DialledPattern(pattern)).matches(address: "127.0.0.1", port: 80) == holds)
  }

  @Test func fillsInVariables() {
    let value: (Placeholder) -> String? = { $0 == Placeholder("ann", .port) ? "1234" : nil }
    #expect(Placeholder.fill("port ${ann.port}!", with: value) == "port 1234!")
    #expect(Placeholder.fill("no variable $1", with: value) == "no variable $1")
    #expect(Placeholder.fill("${bob.port}", with: value) == nil)
    #expect(Placeholder.all(in: "${a.port} ${b.swapped_port}") == [.init("a", .port), .init("b", .swappedPort)])
    #expect(Placeholder.all(in: "${a.taken}") == [.init("a", .taken)])
  }

  @Test func aVariableInAPatternStandsForJustItsText() throws {
    func pattern(_ text: String, taken: String, port: String = "80") throws -> Pattern {
      let value: (Placeholder) -> String? = { $0.property == .taken ? taken : port }
      return try Pattern(compiling: try #require(Placeholder.fill(pattern: text, with: value)))
    }
    #expect(try pattern(#"^${a.port}\b.*${a.taken}$"#, taken: "a.c\r\n").isFound(in: "80 a.c"))
    #expect(try !pattern("^${a.taken}$", taken: "a.c").isFound(in: "abc"))
    for taken in ["", "*", "(", "[", "\\", "25.5 °C – 中 😀\u{1}\u{0}\u{2028}é", "a\nb", "${b.port}", "\u{fffd}"] {
      #expect(try pattern("^(x|${a.taken})+$", taken: taken).isFound(in: taken + taken))
      // It is repeated as a whole, even where there is nothing of it.
      #expect(try pattern("^${a.taken}{2}$", taken: taken).isFound(in: taken + taken))
    }
    #expect(Placeholder.fill(pattern: "${a.port}", with: { _ in nil }) == nil)
  }
}
