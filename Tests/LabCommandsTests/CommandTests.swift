// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabCommands

@Suite struct CommandTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func lists() async throws {
    let outcome = await (try Fixture()).run("list")
    #expect(outcome.code == 0)
    #expect(
      outcome.output == """
          Lab  Name    Title   Points  Checks
          9    sample  Sample      15       2

        """)
    #expect(outcome.errors == "")
  }

  @Test func listsForPrograms() async throws {
    let outcome = await (try Fixture()).run("list", "--format", "json")
    let labs = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(labs.map { $0["id"] as? String } == ["9"])
    #expect((labs[0]["checks"] as? [Any])?.count == 2)
    #expect(outcome.code == 0)
  }

  @Test func saysWhatThereIsForAnUnknownLab() async throws {
    let outcome = await (try Fixture()).run("sampel")
    #expect(outcome.code == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("there is no lab 'sampel'"))
    #expect(outcome.errors.contains("Did you mean 'sample'?"))
    #expect(outcome.errors.contains("9  sample  Sample"))
  }

  @Test func guessesAMistypedSubcommand() async throws {
    let outcome = await (try Fixture()).run("docter")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("Did you mean 'lab doctor'?"))
  }

  @Test(arguments: [["nope", "--format", "json"], ["run", "--format=json"], ["9", "--format", "json", "--bad"]])
  func printsOnlyJSONWhenAWrongCallAskedForIt(arguments: [String]) async throws {
    let fixture = try Fixture()
    let outcome = await fixture.run(arguments)
    #expect(outcome.code == 64)
    #expect(outcome.errors == "")
    let error = try #require(try json(outcome.output)["error"] as? [String: Any])
    #expect(error["isUsage"] as? Bool == true)
    #expect((error["message"] as? String)?.isEmpty == false)
  }

  @Test func printsOnlyJSONWhenTheLabFails() async throws {
    let fixture = try Fixture()
    let outcome = await fixture.run("9", "--format", "json")
    #expect(outcome.code == 11)
    let error = try #require(try json(outcome.output)["error"] as? [String: Any])
    #expect(error["code"] as? String == "setup.missing")
    #expect(outcome.errors == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root.path + "/runs") == [])
  }

  @Test func helpsAndTellsItsVersion() async throws {
    let fixture = try Fixture()
    let help = await fixture.run("--help")
    #expect(help.code == 0)
    #expect(help.output.contains("SUBCOMMANDS:"))
    #expect(help.errors == "")
    #expect(await fixture.run("run", "--help").output.contains("--emulator"))
    #expect(await fixture.run("--version").code == 0)
  }

  @Test func neverPrintsControlCharactersOfTheCall() async throws {
    let outcome = await (try Fixture()).run("\u{1b}[2J\u{9b}", "--format", "\u{1b}]0;x\u{7}")
    #expect(outcome.code == 64)
    #expect(!outcome.errors.contains("\u{1b}"))
    let unknown = await (try Fixture()).run("\u{1b}[2J")
    #expect(!unknown.errors.contains("\u{1b}"))
  }

  @Test(arguments: ["x\nPASSED  100 of 100 points", "--x\n::error::x", "9\n##[error]x", "##vso[x]"])
  func noLineBeginsWithWhatTheCallSays(argument: String) async throws {
    let fixture = try Fixture()
    for call in [
      [argument], ["validate", argument], ["report", argument], ["9", "--format", argument],
      ["grade", argument, argument],
    ] {
      let outcome = await fixture.run(call)
      #expect(outcome.code == 64)
      #expect(!outcome.errors.contains("\nPASSED") && !outcome.errors.contains("\n::"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("##[") && !outcome.errors.contains("##vso["), "\(outcome.errors)")
    }
  }

  @Test func noLineBeginsWithWhatALabFileSays() async throws {
    let fixture = try Fixture(lab: Fixture.lab.replacing("title: Sample", with: "title: \"a\\n::error::x\""))
    try fixture.write("lab: \"::error::b\"\n\"::error::\\nPASSED\": 1\n", to: "labs/PASSED  100 of 100 points/lab.yaml")
    for call in [["list"], ["validate"], ["doctor"], ["9"], ["validate", "labs/PASSED  100 of 100 points"]] {
      let outcome = await fixture.run(call)
      let lines = (outcome.output + outcome.errors).split(separator: "\n")
      #expect(!lines.isEmpty)
      #expect(
        !lines.contains { $0.hasPrefix("PASSED") || $0.drop { $0.isWhitespace }.hasPrefix("::") }, "\(call): \(outcome)"
      )
    }
  }

  @Test func reportsAFullDiskBehindItsOutput() async throws {
    let fixture = try Fixture()
    let full = TextOutput(isTerminal: false, columns: { nil }) { _ in .failure(Errno(code: ENOSPC)) }
    #expect(await LabMain.run(["list"], console: fixture.console(output: full)) == 11)
  }

  @Test func bearsAReaderThatLeaves() async throws {
    let fixture = try Fixture()
    let left = TextOutput(isTerminal: false, columns: { nil }) { _ in .failure(Errno(code: EPIPE)) }
    #expect(await LabMain.run(["list"], console: fixture.console(output: left)) == 0)
  }

  @Test func writesOnAfterShortWritesAndInterruptions() async throws {
    let fixture = try Fixture()
    let state = Counter()
    let slow = TextOutput(isTerminal: false, columns: { nil }) { bytes in
      state.next() % 2 == 0 ? .failure(Errno(code: EINTR)) : state.take(bytes.prefix(3))
    }
    #expect(await LabMain.run(["list"], console: fixture.console(output: slow)) == 0)
    #expect(state.text == (await fixture.run("list")).output)
  }
}
