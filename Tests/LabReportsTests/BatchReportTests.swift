// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct BatchReportTests {
  private let report = BatchReport(labs: [Fixture.lab], style: .plain)

  @Test func writesALineForEachRun() {
    let pass = Fixture.result(checks: Fixture.passed)
    let lines = (report.heading.text + report.line(pass).text + report.line(Fixture.result()).text).split(
      separator: "\n")
    #expect(lines[0].hasSuffix("Points       Time"))
    #expect(lines[1].hasPrefix("PASS  \(pass.lab)") && lines[1].contains("50/50"))
    #expect(lines[2].hasPrefix("FAIL  \(pass.lab)") && lines[2].contains("10/50"))
    #expect(Set(lines.map(\.count)).count == 1)
  }

  @Test func tellsWhatTheyCameToTogether() {
    let pass = Fixture.result(checks: Fixture.passed)
    let batch = BatchResult(results: [pass, Fixture.result()], seconds: 3)
    #expect(report.summary(batch).text == "\nTime        3.00 s\nFAILED  1 of 2 runs passed\n")
    #expect(batch.exitCode == 10)
    #expect(BatchResult(results: [pass], seconds: 1).exitCode == 0)
  }

  @Test func aRunWithoutAVerdictOutweighsAFailure() {
    var broken = Fixture.result()
    broken.verdict = .error
    let batch = BatchResult(results: [broken, Fixture.result()], seconds: 3)
    #expect(batch.exitCode == 11)
    #expect(report.summary(batch).text.contains("NO VERDICT  0 of 2 runs passed"))
    #expect(report.line(broken).text.contains("-/50"))
  }
}
