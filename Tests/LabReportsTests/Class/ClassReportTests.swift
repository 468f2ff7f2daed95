// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ClassStatisticsTests {
  @Test func countsWhoHasAVerdictOnly() {
    let statistics = ClassStatistics(ClassFixture.result)
    #expect(
      statistics.summary
        == "1 passed, 2 failed (1 of them did not build), 1 without a verdict, since the lab failed, 1 missing")
    #expect(statistics.mean == 20)
    #expect(statistics.median == 10)
    #expect(statistics.checks.map(\.failed) == [0, 1, 0])
    #expect(statistics.checks.map(\.count) == [2, 2, 2])
    #expect(statistics.failing.map(\.check.id) == ["get-temp"])
    #expect(statistics.mistakes.map(\.hint) == ["Is the server still in recv()?"])
  }

  @Test func hasNoMeanOfNothing() {
    let statistics = ClassStatistics(ClassResult(lab: Fixture.lab, students: []))
    #expect(statistics.mean == nil && statistics.median == nil && statistics.summary == "")
  }
}

@Suite struct ClassMarkdownTests {
  @Test func tellsAllThatAnInstructorAsks() {
    let text = ClassMarkdown.render(ClassFixture.result)
    for line in [
      "Mean 20, median 10 of 50 points.", "| Answers GET&#95;TEMP | 1 | 1 | 0 |",
      "- 1 student: Is the server still in recv&#40;&#41;&#63;",
      "- dora, 3 attempts: QEMU ended with SIGSEGV", "- the roster has nobody called frank",
      "| Ann A&#46; | pass | 50/50 |", "| dora | error |  |", "| Eve, E&#46; | missing |  |",
    ] { #expect(text.contains(line), "\(line)") }
  }

  @Test func fitsAJobsSummary() {
    let name = String(repeating: "<", count: 80)
    let students = (0..<3000).map { StudentResult(missing: "\(name)\($0)", maximum: 50) }
    let text = ClassMarkdown.render(ClassResult(lab: Fixture.lab, students: students))
    #expect(text.utf8.count < 1 << 20)
    #expect(text.contains("And 2000 students more: see grades.csv."))
  }

  @Test func namesAreNoMarkup() {
    let students = ["a|b", "<img src=x>", "[a](javascript:b)", Fixture.hostile].map {
      StudentResult(missing: $0, name: $0, maximum: 50)
    }
    let text = ClassMarkdown.render(ClassResult(lab: Fixture.lab, students: students, problems: ["<b>"]))
    #expect(text.isHarmless)
    #expect(!text.contains("<") && !text.contains("]("))
  }
}

@Suite struct ClassJUnitTests {
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append((name, attributes))
    }
  }

  private func read(_ result: ClassResult) -> [(name: String, attributes: [String: String])] {
    let reader = Reader()
    let parser = XMLParser(data: Data(ClassJUnit.render(result).utf8))
    parser.delegate = reader
    #expect(parser.parse())
    return reader.elements
  }

  @Test func aSuiteForEachStudent() {
    let elements = read(ClassFixture.result)
    let suites = elements.filter { $0.name == "testsuite" }.map(\.attributes)
    #expect(suites.map { $0["name"] } == ["ann", "bob", "carl", "dora", "eve"])
    #expect(suites.map { $0["tests"] } == ["4", "4", "4", "2", "1"])
    #expect(suites.map { $0["failures"] } == ["0", "1", "1", "0", "0"])
    #expect(suites.map { $0["errors"] } == ["0", "0", "0", "1", "0"])
    #expect(suites.map { $0["skipped"] } == ["0", "1", "3", "0", "1"])
    let all = elements.first { $0.name == "testsuites" }?.attributes
    #expect(all?["tests"] == "15" && all?["errors"] == "1")
    #expect(elements.first { $0.name == "error" }?.attributes["message"] == "QEMU ended with SIGSEGV")
    #expect(elements.count { $0.name == "property" && $0.attributes["name"] == "points" } == 3)
  }

  @Test func namesAreText() {
    let name = "\"/><testcase name=\"x\"/>]]>&\u{0}\u{fffe}" + Fixture.hostile
    let elements = read(ClassResult(lab: Fixture.lab, students: [ClassFixture.student(name, name: name)]))
    #expect(elements.count { $0.name == "testcase" } == 4)
  }
}

@Suite struct ClassSchemaTests {
  private func problems(_ json: String) throws -> [String] {
    try SchemaCheck.problems(of: json, schema: ClassSchema.json, name: "class")
  }

  @Test func resultsAreAsTheSchemaSays() throws {
    #expect(try problems(JSONReport.render(value: ClassFixture.result)) == [])
    #expect(try problems(JSONReport.render(value: ClassResult(lab: Fixture.lab, students: []))) == [])
  }

  @Test(arguments: [
    ("\"verdict\" : \"missing\"", "\"verdict\" : \"absent\"", "class.students[4].verdict: enum"),
    ("\"problems\"", "\"remarks\"", "class.problems: missing"),
    (
      "\"runFolder\" : \"runs/bob/1\"", "\"folder\" : \"runs/bob/1\"",
      "class.students[1].attempts[0].runFolder: missing"
    ),
  ]) func theSchemaSeesWhatIsWrong(text: String, replacement: String, problem: String) throws {
    let json = try JSONReport.render(value: ClassFixture.result)
    #expect(try problems(json.replacing(text, with: replacement)).contains(problem))
  }
}
