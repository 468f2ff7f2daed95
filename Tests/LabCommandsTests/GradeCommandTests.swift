// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import Testing

@testable import LabCommands

@Suite struct GradeCommandTests {
  private func parse(_ arguments: String...) throws -> GradeCommand {
    try #require(try LabCommand.parseAsRoot(["grade"] + arguments) as? GradeCommand)
  }

  @Test func takesALabAFolderAndWhereTheResultsGo() throws {
    let command = try parse("3", "class", "--output", "grades")
    #expect((command.lab, command.folder, command.results) == ("3", "class", "grades"))
    #expect(command.jobs == nil)
    #expect(command.retries == 2)
    #expect(command.reruns == [])
    #expect(command.output.format == .text)
  }

  @Test func takesEveryOption() throws {
    let command = try parse(
      "3", "class", "--output", "grades", "--roster", "r.csv", "--jobs", "4", "--rerun", "errors", "--rerun", "ann",
      "--retries", "0", "--sdk", "bundled", "--emulator", "bundled", "--target", "esp32c3", "--language", "c",
      "--no-sandbox", "--format", "json", "--color", "never")
    #expect(command.roster == "r.csv")
    #expect(command.jobs == 4)
    #expect(command.reruns.map { Rerun($0) } == [.errors, .student("ann")])
    #expect(command.retries == 0)
    #expect(command.tools.isUnconfined)
    #expect(command.language == .c)
  }

  @Test(arguments: [
    ["3", "class"], ["3", "--output", "x"], ["3", "class", "--output", "x", "--jobs", "0"],
    ["3", "class", "--output", "x", "--retries", "11"], ["3", "class", "--output", "x", "--rerun"],
  ])
  func refusesOtherCalls(arguments: [String]) throws {
    #expect {
      try LabCommand.parseAsRoot(["grade"] + arguments)
    } throws: {
      LabCommand.exitCode(for: $0).rawValue == 64
    }
  }

  @Test func saysWhatIsWrongWithTheFolders() async throws {
    let fixture = try Fixture()
    let absent = await fixture.run("grade", "9", "class", "--output", "grades")
    #expect(absent.code == 64)
    #expect(absent.errors.contains("there is no folder"))
    try fixture.write("", to: "class/.hidden")
    let empty = await fixture.run("grade", "9", "class", "--output", "grades")
    #expect(empty.code == 64)
    #expect(empty.errors.contains("there is no submission"))
    try fixture.write("void app_main(void) {}", to: "class/ann.c")
    let inside = await fixture.run("grade", "9", "class", "--output", "class/grades")
    #expect(inside.code == 64)
    #expect(inside.errors.contains("outside"))
    try fixture.write("my thesis", to: "mine/thesis.txt")
    let taken = await fixture.run("grade", "9", "class", "--output", "mine", "--format", "json")
    #expect(taken.code == 64)
    #expect(taken.errors == "")
    #expect(taken.output.contains("output.exists"))
  }

  @Test func theDigestOfALabIsThatOfItsFileAndTheMistakes() throws {
    let fixture = try Fixture()
    let library = LabLibrary(root: fixture.root)
    let first = try library.digest(of: try library.lab(named: "9"))
    #expect(try library.digest(of: try library.lab(named: "9")) == first)
    try fixture.write(Fixture.lab + "\n# a remark", to: "labs/09-sample/lab.yaml")
    #expect(try library.digest(of: try library.lab(named: "9")) != first)
  }
}
