// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabReports
import Testing

@testable import LabCommands

/// What `lab doctor` says of folders that look like tools, and of such as do not.
@Suite struct DoctorTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func program(_ path: String, _ text: String = "") throws {
    try fixture.write("#!/bin/sh\n" + text, to: path)
    chmod(fixture.root.path + "/" + path, 0o755)
  }

  /// A folder that looks like ESP-IDF with its tools, and what the shell has after `export.sh`.
  private func idf(version: [Int] = [5, 4, 1], compilers: [Chip] = [.esp32c3]) throws -> [String: String] {
    let numbers = zip(["MAJOR", "MINOR", "PATCH"], version).map { "set(IDF_VERSION_\($0) \($1))\n" }
    try fixture.write(numbers.joined(), to: "idf/tools/cmake/version.cmake")
    try fixture.write("", to: "idf/tools/idf.py")
    for name in ["venv/bin/python", "tools/cmake", "tools/ninja"] + compilers.map({ "tools/\($0.idfToolPrefix)gcc" }) {
      try program(name)
    }
    let root = fixture.root.path
    return [
      "IDF_PATH": root + "/idf", "IDF_PYTHON_ENV_PATH": root + "/venv", "PATH": root + "/tools:/usr/bin:/bin",
      "IDF_TOOLS_PATH": root + "/none",
    ]
  }

  /// Espressif's QEMU for the chips of one kind.
  private func emulator(_ program: String = "qemu-system-riscv32", boards: [Chip] = [.esp32c3]) throws -> [String:
    String]
  {
    let list = boards.map { "\($0.rawValue)  a machine\\n" }.joined()
    try self.program(
      "qemu/\(program)", "case $1 in --version) echo 'QEMU emulator version 9.9 (x)' ;; -M) printf '\(list)' ;; esac")
    return ["LAB_QEMU": fixture.root.path + "/qemu/" + program]
  }

  private func examine(_ environments: [String: String]..., target: Chip? = nil) async -> DoctorExamination {
    var console = fixture.console()
    for environment in environments { console.environment.merge(environment) { $1 } }
    return await Doctor(console: console, wish: ToolWish(chip: target)).examine()
  }

  private func finding(_ topic: String, _ examination: DoctorExamination) throws -> DoctorFinding {
    try #require(examination.findings.first { $0.topic == topic }, "\(examination.findings)")
  }

  @Test func takesESPIDFForCWithoutASetUp() async throws {
    let examination = await examine(try idf(), try emulator())
    let c = try #require(examination.choices.first { $0.language == .c })
    #expect(c.sdk == .idf)
    #expect(c.emulator == "espressif")
    #expect(c.summary == "ESP-IDF v5.4.1 on Espressif's QEMU 9.9 (x), an ESP32-C3")
    #expect(c.reasons.count == 1)
    let swift = try #require(examination.choices.first { $0.language == .swift })
    #expect(swift.problem?.code == "setup.missing")
    #expect(swift.problem?.remedy?.contains("./setup") == true)
    #expect(examination.labs == [DoctorLab(lab: "9", solutions: [.c])])
    #expect(try finding("ESP-IDF", examination).state == .used)
    #expect(try finding("Bundled SDK", examination).state == .unused)
    #expect(examination.isFit)
  }

  @Test func saysThatTheShellIsNotSetUp() async throws {
    var environment = try idf()
    environment["IDF_PYTHON_ENV_PATH"] = nil
    let examination = await examine(environment)
    let found = try finding("ESP-IDF", examination)
    #expect(found.state == .unused)
    #expect(found.remedy?.contains(". \(fixture.root.path)/idf/export.sh") == true)
    #expect(examination.choices.allSatisfy { $0.problem?.code == "setup.missing" })
    #expect(!examination.isFit)
  }

  @Test func saysThatItIsTooOldOrSomethingElse() async throws {
    let old = try finding("ESP-IDF", await examine(try idf(version: [4, 4, 8])))
    #expect(old.summary.contains("v4.4.8"))
    #expect(old.summary.contains("too old"))
    #expect(old.remedy?.contains("export.sh") == true)
    let other = try finding("ESP-IDF", await examine(["IDF_PATH": "/usr"]))
    #expect(other.summary.contains("/usr, which is not ESP-IDF"))
    #expect(other.remedy?.contains("unset IDF_PATH") == true)
  }

  @Test func saysWhatTheOtherChipsLack() async throws {
    let examination = await examine(try idf(compilers: [.esp32c3, .esp32]), try emulator())
    let esp32 = try finding("ESP32", examination)
    #expect(esp32.summary.contains("beside which there is no qemu-system-xtensa"))
    #expect(esp32.remedy?.contains("idf_tools.py install qemu-xtensa") == true)
    let esp32s3 = try finding("ESP32-S3", examination)
    #expect(esp32s3.summary.contains("xtensa-esp32s3-elf-gcc"))
    #expect(esp32s3.details.count == 1)
    #expect(esp32s3.remedy?.contains("install.sh esp32s3") == true)
  }

  @Test func saysWhatAllOtherChipsLackOnce() async throws {
    let found = try finding("ESP32, ESP32-S3", await examine())
    #expect(found.summary == "ESP-IDF is needed, see above")
    #expect(found.details.count == 1)
  }

  @Test func saysThatTheEmulatorIsTooOldForAChip() async throws {
    _ = try emulator()
    _ = try emulator("qemu-system-xtensa", boards: [.esp32])
    let environment = ["PATH": fixture.root.path + "/tools:\(fixture.root.path)/qemu:/usr/bin:/bin"]
    let examination = await examine(try idf(compilers: Chip.allCases), environment)
    #expect(try finding("ESP32", examination).summary.contains("--target esp32"))
    #expect(try finding("ESP32-S3", examination).summary.contains("qemu-system-xtensa has no machine esp32s3"))
  }

  @Test func aChipOfItsOwnIsEnough() async throws {
    let environments = (try idf(compilers: [.esp32]), try emulator("qemu-system-xtensa", boards: [.esp32]))
    let usual = await examine(environments.0, environments.1)
    #expect(!usual.isFit)
    #expect(try finding("ESP32", usual).summary.contains("--target esp32"))
    let examination = await examine(environments.0, environments.1, target: .esp32)
    let c = try #require(examination.choices.first { $0.language == .c })
    #expect(c.summary == "ESP-IDF v5.4.1 on Espressif's QEMU 9.9 (x), an ESP32")
    #expect(try finding("ESP-IDF", examination).state == .used)
    #expect(try finding("Espressif's QEMU", examination).state == .used)
    #expect(!examination.findings.contains { $0.topic.contains("ESP32") })
    #expect(examination.choices.first { $0.language == .swift }?.problem?.remedy == "use --target esp32c3")
    #expect(examination.isFit)
  }

  @Test func aWrongEmulatorIsInEverybodysWay() async throws {
    let examination = await examine(try idf(), ["LAB_QEMU": "/usr/bin/env"])
    #expect(examination.choices.allSatisfy { $0.problem?.code == "emulator.wrong" })
    #expect(!examination.isFit)
  }

  @Test func aLabThatCannotBeReadIsNamed() async throws {
    try fixture.write("lab: 8\n", to: "labs/08-bad/lab.yaml")
    let labs = await examine(try idf(), try emulator()).labs
    #expect(labs.map(\.lab) == ["08-bad", "9"])
    #expect(labs[0].problem != nil)
  }

  @Test func tellsItAllToPrograms() async throws {
    let outcome = await fixture.run("doctor", "--format", "json")
    #expect(outcome.code == 11)
    let examination = try JSONDecoder().decode(DoctorExamination.self, from: Data(outcome.output.utf8))
    #expect(examination.choices.map(\.language) == [.c, .swift])
  }
}
