// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabReports
import Testing

@testable import LabCommands

@Suite struct ReportCommandTests {
  private func fixture() throws -> Fixture {
    let fixture = try Fixture()
    let check = CheckDefinition(
      id: "a", title: "Hidden one", points: 5, method: .never([.panic]), visibility: .instructor)
    let lab = Lab(
      id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [], timeLimit: .seconds(1),
      checks: [check])
    let result = RunResult(
      lab: lab, submission: "main.c", emulator: "bundled", sdk: "bundled",
      build: RunResult.Build(succeeded: true, seconds: 1), checks: [CheckResult(check, status: .fail)],
      runFolder: "run", seconds: 1)
    try fixture.write(try JSONReport.render(result), to: "run/result.json")
    try fixture.write("   0.001  lab     power on\n", to: "run/transcript.txt")
    return fixture
  }

  private func page(_ fixture: Fixture, _ path: String) throws -> String {
    try String(contentsOf: fixture.root.appending(path: path), encoding: .utf8)
  }

  @Test func makesAPageInTheRunFolder() async throws {
    let fixture = try fixture()
    let outcome = await fixture.run("report", "run")
    #expect(outcome.code == 0)
    #expect(outcome.output == "run/report.html\n")
    let page = try page(fixture, "run/report.html")
    #expect(page.contains("power on") && page.contains("A hidden check") && !page.contains("Hidden one"))
  }

  @Test func showsAnInstructorAll() async throws {
    let fixture = try fixture()
    #expect(await fixture.run("report", "run", "--instructor", "--output", "all.html").output == "all.html\n")
    #expect(try page(fixture, "all.html").contains("Hidden one"))
  }

  @Test func saysWhatIsNoRun() async throws {
    let fixture = try fixture()
    let outcome = await fixture.run("report", "labs")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("there is no result.json in labs"))
    try fixture.write("{}", to: "run/result.json")
    #expect(await fixture.run("report", "run").errors.contains("run/result.json is not the result of a run"))
  }

  @Test func printsBothSchemas() async throws {
    let fixture = try Fixture()
    #expect(await fixture.run("schema").output == ResultSchema.json)
    #expect(await fixture.run("schema", "--of", "class").output == ClassSchema.json)
  }

  @Test func anAttemptCountsFromOne() async throws {
    let outcome = await (try Fixture()).run("9", "--attempt", "0")
    #expect(outcome.code == 64 && outcome.errors.contains("--attempt counts from 1"))
  }
}
