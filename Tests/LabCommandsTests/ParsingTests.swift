// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabCommands

@Suite struct ParsingTests {
  private func run(_ arguments: String...) throws -> RunCommand {
    try #require(try LabCommand.parseAsRoot(arguments) as? RunCommand)
  }

  @Test func takesALabAloneForARun() throws {
    let command = try run("3")
    #expect(command.lab == "3")
    #expect(command.path == nil)
    #expect(command.output.format == .text)
    #expect(command.output.color == .auto)
    #expect(command.tools.emulator == .auto)
    #expect(command.folder == nil)
    #expect(!command.tools.isUnconfined)
  }

  @Test func takesASubmissionAndOptions() throws {
    for command in [
      try run("run", "3", "x.c", "--format", "json"), try run("3", "x.c", "--format=json"),
      try run("--format", "json", "3", "x.c"),
    ] {
      #expect(command.lab == "3")
      #expect(command.path == "x.c")
      #expect(command.output.format == .json)
    }
  }

  @Test func takesAllLabs() throws {
    let command = try run("run", "all", "--jobs", "3")
    #expect(command.jobs == 3)
    #expect(try run("all").jobs == nil)
    #expect(throws: (any Error).self) { try run("all", "x.c") }
    #expect(throws: (any Error).self) { try run("3", "--jobs", "2") }
    #expect(throws: (any Error).self) { try run("all", "--jobs", "0") }
  }

  @Test func takesEveryOption() throws {
    let command = try run(
      "run", "3", "--emulator", "bundled", "--output", "out", "--no-sandbox", "--color", "never")
    #expect(command.tools.emulator.kind == .bundled)
    #expect(command.folder == "out")
    #expect(command.tools.isUnconfined)
    #expect(command.output.color == .never)
    #expect(try run("3", "--emulator", "auto").tools.emulator.kind == nil)
  }

  @Test func takesTheSDKAndTheChip() throws {
    let command = try run("3", "x.c", "--sdk", "idf", "--target", "esp32s3")
    #expect(command.tools.sdk.kind == .idf)
    #expect(command.tools.chip == .esp32s3)
    #expect(try run("3").tools.sdk.kind == nil)
    #expect(try run("3").tools.chip == nil)
    #expect(try run("3", "--sdk", "bundled").tools.sdk.kind == .bundled)
    for wrong in [["--sdk", "arduino"], ["--target", "esp32h2"]] {
      #expect(throws: (any Error).self) { try LabCommand.parseAsRoot(["3"] + wrong) }
    }
  }

  @Test func takesAnImageInPlaceOfAProgram() throws {
    let command = try run("run", "3", "--image", "flash.bin", "--elf", "app.elf")
    #expect(command.image == "flash.bin")
    #expect(command.elf == "app.elf")
    for wrong in [
      ["3", "x.c", "--image", "f"], ["all", "--image", "f"], ["3", "--elf", "f"],
      ["3", "--image", "f", "--sdk", "idf"],
      ["3", "--image", "f", "--language", "c"],
    ] {
      #expect(throws: (any Error).self) { try LabCommand.parseAsRoot(wrong) }
    }
  }

  @Test func findsTheOtherSubcommands() throws {
    #expect(try LabCommand.parseAsRoot(["list"]) is ListCommand)
    #expect(try LabCommand.parseAsRoot(["doctor"]) is DoctorCommand)
    #expect((try LabCommand.parseAsRoot(["validate", "a", "b"]) as? ValidateCommand)?.paths == ["a", "b"])
  }

  @Test(arguments: [
    [], ["3", "a", "b"], ["3", "--format", "xml"], ["3", "--emulator"], ["3", "--no-such-option"], ["list", "3"],
  ])
  func refusesOtherCalls(arguments: [String]) throws {
    #expect { try LabCommand.parseAsRoot(arguments) } throws: { LabCommand.exitCode(for: $0).rawValue == 64 }
  }
}
