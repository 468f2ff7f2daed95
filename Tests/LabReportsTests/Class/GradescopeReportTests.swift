// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

@Suite struct GradescopeReportTests {
  private func read(_ result: RunResult) throws -> [String: Any] {
    let json = try #require(try GradescopeReport.render(result))
    #expect(json.isHarmless)
    return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test func aTestForEachCheck() throws {
    let object = try read(Fixture.result())
    #expect(object["score"] as? Int == 10)
    #expect(object["visibility"] as? String == "visible")
    #expect(object["stdout_visibility"] as? String == "hidden")
    let tests = try #require(object["tests"] as? [[String: Any]])
    #expect(tests.map { $0["name"] as? String } == ["Boots", "Answers GET_TEMP", "Answers twice"])
    #expect(tests.map { $0["score"] as? Int } == [10, 0, 0])
    #expect(tests.map { $0["max_score"] as? Int } == [10, 20, 20])
    #expect(tests.map { $0["status"] as? String } == ["passed", "failed", "failed"])
    #expect(tests.allSatisfy { $0["output_format"] as? String == "text" && $0["name_format"] as? String == "text" })
    let output = try #require(tests[1]["output"] as? String)
    #expect(output.contains("Expected: a line that matches ^TEMP\nSeen: nothing in 3 s\n"))
    #expect(output.contains("Line 12 of the transcript:"))
    #expect(output.hasSuffix("Hint: Is the server still in recv()?"))
  }

  @Test func hasTheSameTotalForHiddenChecksAndNothingOfThem() throws {
    var result = Fixture.result()
    result.checks[1].visibility = .instructor
    let json = try #require(try GradescopeReport.render(result))
    #expect(!json.contains("TEMP") && !json.contains("recv"))
    let tests = try #require(try read(result)["tests"] as? [[String: Any]])
    #expect(tests.reduce(0) { $0 + ($1["score"] as? Int ?? 0) } == result.points)
    #expect(tests.reduce(0) { $0 + ($1["max_score"] as? Int ?? 0) } == result.maximum)
    #expect(tests.allSatisfy { $0["visibility"] as? String == "visible" })
  }

  @Test func saysWhyItDoesNotBuild() throws {
    let object = try read(ClassFixture.unbuilt)
    #expect(object["output"] as? String == "The submission did not build: it has no app_main()")
    #expect(object["score"] as? Int == 0)
  }

  @Test func aFailureOfTheLabIsNoScore() throws {
    #expect(try GradescopeReport.render(ClassFixture.failedLab) == nil)
  }

  @Test func whatAStudentWroteIsText() throws {
    var result = Fixture.result()
    result.checks[1].seen = "<script>\"" + Fixture.hostile
    let tests = try #require(try read(result)["tests"] as? [[String: Any]])
    #expect((tests[1]["output"] as? String)?.contains("Seen: <script>\"" + Fixture.neutralised) == true)
  }
}
