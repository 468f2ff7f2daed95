// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct JUnitReportTests {
  /// The elements that a parser which knows nothing of this project sees, with their attributes.
  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append((name, attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private func read(_ result: RunResult) throws -> Reader {
    let xml = JUnitReport.render(result)
    #expect(xml.isHarmless)
    let parser = XMLParser(data: Data(xml.utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse(), "\(xml)")
    return reader
  }

  @Test func countsCases() throws {
    let reader = try read(Fixture.result())
    let suite = try #require(reader.elements.first { $0.name == "testsuite" }).attributes
    #expect(suite["name"] == "Lab 3: Command server")
    #expect([suite["tests"], suite["failures"], suite["errors"], suite["skipped"]] == ["4", "1", "0", "1"])
    #expect(suite["time"] == "4.25")
    let cases = reader.elements.filter { $0.name == "testcase" }.map(\.attributes)
    #expect(cases.map { $0["name"] } == ["Builds", "Boots", "Answers GET_TEMP", "Answers twice"])
    #expect(cases.allSatisfy { $0["classname"] == "lab.3" })
    #expect(cases[2]["time"] == "3.0")
  }

  @Test func saysWhatFailed() throws {
    let reader = try read(Fixture.result())
    #expect(reader.elements.first { $0.name == "failure" }?.attributes["message"] == "nothing in 3 s")
    #expect(reader.text.contains("Expected: a line that matches ^TEMP"))
    #expect(reader.text.contains("transcript.txt:12: ACK 9 bytes"))
    #expect(reader.text.contains("Hint: Is the server still in recv()?"))
    #expect(reader.elements.first { $0.name == "skipped" }?.attributes["message"]?.contains("GET_TEMP") == true)
  }

  @Test func aFailedBuildIsAFailedCase() throws {
    let build = RunResult.Build(
      succeeded: false, reason: "it has no app_main()", messages: "main.c:1: no\n", seconds: 1)
    let checks = Fixture.checks.map { CheckResult($0, status: .skipped, seen: "the submission did not build") }
    let reader = try read(Fixture.result(build: build, checks: checks))
    #expect(reader.elements.first { $0.name == "failure" }?.attributes["message"] == "it has no app_main()")
    #expect(reader.text.contains("main.c:1: no"))
    #expect(reader.elements.count { $0.name == "skipped" } == 3)
  }

  @Test func aFailureOfTheLabIsAnError() throws {
    let reader = try read(
      Fixture.result(checks: [], error: LabError(code: "x", message: "QEMU died", remedy: "Again.")))
    #expect(reader.elements.first { $0.name == "error" }?.attributes["message"] == "QEMU died")
    #expect(reader.elements.contains { $0.name == "failure" } == false)
  }

  @Test func whatAStudentWroteIsText() throws {
    var result = Fixture.result()
    let text = "</failure><testcase name=\"all\"/>&amp;]]>\u{fffe}\u{0}" + Fixture.hostile
    result.submission = text
    result.checks[1].seen = text
    let reader = try read(result)
    #expect(reader.elements.count { $0.name == "testcase" } == 4)
    #expect(reader.elements.first { $0.name == "failure" }?.attributes["message"]?.contains("</failure>") == true)
  }
}
