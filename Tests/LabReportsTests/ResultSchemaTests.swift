// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

@Suite struct ResultSchemaTests {
  private static func problems(of json: String) throws -> [String] {
    try SchemaCheck.problems(of: json, schema: ResultSchema.json, name: "result")
  }

  @Test func resultsAreAsTheSchemaSays() throws {
    let failure = RunResult.Build(succeeded: false, language: .swift, reason: "no", messages: "m", seconds: 1)
    let error = LabError(code: "a.b", message: "m", remedy: "r")
    var hidden = Fixture.result()
    hidden.attempt = 3
    hidden.checks[1].visibility = .instructor
    hidden.checks[1].hintAfter = 2
    for result in [
      hidden, hidden.shown(to: .student), Fixture.result(), Fixture.result(checks: Fixture.passed),
      Fixture.result(build: failure),
      Fixture.result(build: nil),
      Fixture.result(checks: [], error: error),
    ] {
      #expect(try Self.problems(of: try JSONReport.render(result)) == [])
    }
  }

  @Test(arguments: [
    ("\"verdict\" : \"fail\"", "\"verdict\" : \"FAIL\"", "result.verdict: enum"),
    ("\"schema\" : 1", "\"schema\" : 2", "result.schema: const"),
    ("\"lab\" : \"3\"", "\"lab\" : 3", "result.lab: type"),
    ("\"title\" : \"Boots\"", "\"name\" : \"Boots\"", "result.checks[0].title: missing"),
    ("\"source\" : \"peer:alice\"", "\"source\" : \"alice\"", "result.checks[1].evidence[0].entry.source: pattern"),
  ]) func theSchemaSeesWhatIsWrong(text: String, replacement: String, problem: String) throws {
    let json = try JSONReport.render(Fixture.result())
    let changed = json.replacing(text, with: replacement)
    #expect(changed != json)
    #expect(try Self.problems(of: changed).contains(problem))
  }
}
