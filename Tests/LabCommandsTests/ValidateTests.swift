// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabCommands

@Suite struct ValidateTests {
  @Test func acceptsAWholeLab() async throws {
    let outcome = await (try Fixture()).run("validate")
    #expect(outcome.code == 0)
    #expect(outcome.output == "labs/09-sample/lab.yaml: valid\n")
  }

  @Test func namesFileLineAndColumn() async throws {
    let fixture = try Fixture(lab: Fixture.lab.replacingOccurrences(of: "points: 10", with: "pionts: 10"))
    let outcome = await fixture.run("validate")
    #expect(outcome.code == 64)
    #expect(outcome.output.hasPrefix("labs/09-sample/lab.yaml:8:5: "))
    #expect(outcome.output.contains("points"))
  }

  @Test func findsWhatALabLacks() async throws {
    let fixture = try Fixture()
    for path in ["labs/09-sample/README.md", "labs/09-sample/starter", "firmware/09-sample"] {
      try FileManager.default.removeItem(at: fixture.root.appending(path: path))
    }
    let outcome = await fixture.run("validate", "labs/09-sample")
    #expect(outcome.code == 64)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.hasPrefix("labs/09-sample/lab.yaml: ") })
    #expect(outcome.output.contains("README.md"))
    #expect(outcome.output.contains("firmware/09-sample"))
    #expect(outcome.output.contains("starter"))
  }

  @Test func checksEachFileWhateverTheOthersAreLike() async throws {
    let fixture = try Fixture()
    try fixture.write("lab: [", to: "labs/01-broken/lab.yaml")
    let outcome = await fixture.run("validate")
    #expect(outcome.code == 64)
    #expect(outcome.output.contains("labs/01-broken/lab.yaml:2:1:"))
    #expect(outcome.output.contains("labs/09-sample/lab.yaml: valid"))
  }

  @Test func findsLabsOfTheSameName() async throws {
    let fixture = try Fixture()
    try fixture.write(Fixture.lab, to: "labs/10-twin/lab.yaml")
    let outcome = await fixture.run("validate")
    #expect(outcome.output.contains("the lab 'sample' is in labs/09-sample/lab.yaml as well"))
    #expect(outcome.code == 64)
  }

  @Test(arguments: ["9", "09-sample", "labs/09-sample", "labs/09-sample/lab.yaml"])
  func takesALabByNumberNameOrPath(argument: String) async throws {
    let fixture = try Fixture()
    try fixture.write("lab: [", to: "labs/01-broken/lab.yaml")
    let outcome = await fixture.run("validate", argument)
    #expect(outcome.code == 0)
    #expect(outcome.output == "labs/09-sample/lab.yaml: valid\n")
  }

  @Test func refusesAPathWithoutALab() async throws {
    let outcome = await (try Fixture()).run("validate", "nowhere")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("there is no lab file at nowhere"))
  }

  @Test func findsForPrograms() async throws {
    let fixture = try Fixture(lab: "lab: [")
    let outcome = await fixture.run("validate", "--format", "json")
    #expect(outcome.code == 64)
    let findings = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect((findings[0]["problems"] as? [Any])?.count == 1)
  }

  private static func mistake(submission: String) -> String {
    """
    mistake: sample
    title: T
    wire: W
    uart: U
    hint: H
    shown: {lab: "9", submission: \(submission)}
    """
  }

  @Test func checksTheCatalogueOfMistakes() async throws {
    let fixture = try Fixture()
    try fixture.write("", to: "labs/09-sample/submissions/wrong/a.c")
    try fixture.write(Self.mistake(submission: "wrong/a.c"), to: "labs/mistakes/sample.yaml")
    #expect(await fixture.run("validate").output.contains("labs/mistakes/sample.yaml: valid\n"))
    try fixture.write(Self.mistake(submission: "wrong/b.c"), to: "labs/mistakes/sample.yaml")
    let outcome = await fixture.run("validate")
    #expect(outcome.code == 64)
    #expect(outcome.output.contains("labs/mistakes/sample.yaml: the submission that shows it is not there"))
    #expect(outcome.output.contains("labs/09-sample/submissions/wrong/b.c"))
  }
}
