// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabEmulator

/// Looks for emulators among scripts that answer `-M help`.
@Suite struct DiscoveryTests {
  private let home: PrivateDirectory
  private let sandbox: Sandbox

  init() throws {
    home = try PrivateDirectory()
    sandbox = try Sandbox(isolation: .none)
  }

  private let espressifs = "Supported machines are:\\nesp32c3   Espressif ESP32C3 machine\\nnone  empty\\n"
  private let xtensas =
    "Supported machines are:\\nesp32s3   Espressif ESP32S3 machine\\nesp32   Espressif ESP32 machine\\n"
  private let mainlines = "Supported machines are:\\nvirt   RISC-V VirtIO board\\n"
  private let toolsFolder = ".espressif/tools/qemu-riscv32/v9/qemu/bin"

  private func script(_ path: String, for chip: Chip = .esp32c3, machines: String) throws -> String {
    let url = URL(fileURLWithPath: "\(home.path)/\(path)/\(chip.emulatorProgram)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let answers =
      "case $1 in --version) echo 'QEMU emulator version 1 (v1)'; echo rest ;; -M) printf '\(machines)' ;; esac"
    try Data("#!/bin/sh\n\(answers)\n".utf8).write(to: url)
    chmod(url.path, 0o755)
    return url.path
  }

  private func discover(
    _ kind: EmulatorKind? = nil, chip: Chip = .esp32c3, bundled: String? = nil, downloaded: String? = nil,
    _ environment: [String: String] = [:]
  ) async throws -> EmulatorInstallation {
    try await EmulatorInstallation.discover(
      kind, chip: chip, bundledDirectory: bundled, downloadedDirectory: downloaded,
      environment: environment.merging(["HOME": home.path]) { wish, _ in wish }, sandbox: sandbox)
  }

  /// The code of the error with which a search ends.
  private func failure(_ search: () async throws -> EmulatorInstallation) async -> LabError? {
    await #expect(throws: LabError.self) { _ = try await search() }
  }

  @Test func theVariableComesFirstAndHasToBeRight() async throws {
    let good = try script("a", machines: espressifs)
    let wrong = try script("b", machines: mainlines)
    _ = try script(toolsFolder, machines: espressifs)
    #expect(
      try await discover(nil, ["LAB_QEMU": good]) == EmulatorInstallation(kind: .espressif, executable: good))
    for path in [wrong, "/nowhere", home.path] {
      let error = await failure { try await discover(nil, ["LAB_QEMU": path]) }
      #expect(error?.code == "emulator.wrong")
      #expect(error?.isUsage == true)
    }
  }

  @Test func theVariableMayNameAFolderOrTheOtherProgram() async throws {
    let riscv = try script("a/bin", machines: espressifs)
    let xtensa = try script("a/bin", for: .esp32, machines: xtensas)
    for wish in ["\(home.path)/a", "\(home.path)/a/", "\(home.path)/a/bin", riscv, xtensa] {
      #expect(try await discover(nil, ["LAB_QEMU": wish]).executable == riscv)
      for chip in [Chip.esp32, .esp32s3] {
        let found = try await discover(nil, chip: chip, ["LAB_QEMU": wish])
        #expect(found == EmulatorInstallation(kind: .espressif, executable: xtensa, chip: chip))
      }
    }
  }

  @Test func theToolsFolderComesBeforeThePath() async throws {
    let path = try script("path", machines: espressifs)
    let folder = "\(home.path)/path"
    #expect(try await discover(nil, ["PATH": folder]).executable == path)
    let tool = try script(toolsFolder, machines: espressifs)
    #expect(try await discover(nil, ["PATH": folder]).executable == tool)
    let moved = try script("moved/tools/qemu-riscv32/v9/qemu/bin", machines: espressifs)
    #expect(try await discover(nil, ["IDF_TOOLS_PATH": "\(home.path)/moved"]).executable == moved)
  }

  @Test func theVariablesProgramMayHaveNoSibling() async throws {
    let riscv = try script("a", machines: espressifs)
    let error = await failure { try await discover(chip: .esp32s3, ["LAB_QEMU": riscv]) }
    #expect(error?.code == "emulator.chip")
    #expect(error?.isUsage == true)
    #expect(error?.message.contains("for the ESP32-C3, beside which there is no qemu-system-xtensa") == true)
    #expect(error?.remedy?.contains("idf_tools.py install qemu-xtensa") == true)
  }

  @Test func newerToolsComeFirst() async throws {
    for version in ["esp_develop_9.0.0_20240606", "esp_develop_10.2.0_20260101"] {
      _ = try script(".espressif/tools/qemu-riscv32/\(version)/qemu/bin", machines: espressifs)
    }
    #expect(try await discover().executable.contains("/esp_develop_10.2.0_20260101/"))
  }

  @Test func aToolWithoutTheChipIsPassedBy() async throws {
    let old = try script(
      ".espressif/tools/qemu-xtensa/v7/qemu/bin", for: .esp32, machines: "esp32   Espressif ESP32 machine\\n")
    #expect(try await discover(chip: .esp32).executable == old)
    let error = await failure { try await discover(chip: .esp32s3) }
    #expect(error?.code == "emulator.missing")
    #expect(error?.message.contains("(\(old) has no machine esp32s3)") == true)
    #expect(error?.remedy?.contains("idf_tools.py install qemu-xtensa") == true)
  }

  @Test func whatTheSetUpDownloadedIsForThoseWhoWantIt() async throws {
    _ = try script("bundled/bin", machines: espressifs)
    let folders = (bundled: home.path + "/bundled", downloaded: home.path + "/downloaded")
    #expect(
      await failure { try await discover(.espressif, downloaded: folders.downloaded) }?.code == "emulator.missing")
    let riscv = try script("downloaded/qemu-riscv32/qemu/bin", machines: espressifs)
    let xtensa = try script("downloaded/qemu-xtensa/qemu/bin", for: .esp32s3, machines: xtensas)
    let found = EmulatorInstallation(kind: .espressif, executable: riscv)
    #expect(try await discover(.espressif, bundled: folders.bundled, downloaded: folders.downloaded) == found)
    #expect(try await discover(downloaded: folders.downloaded) == found)
    #expect(
      try await discover(chip: .esp32s3, bundled: folders.bundled, downloaded: folders.downloaded).executable == xtensa)
    #expect(try await discover(bundled: folders.bundled, downloaded: folders.downloaded).kind == .bundled)
    #expect(await failure { try await discover(.bundled, downloaded: folders.downloaded) }?.code == "emulator.missing")
  }

  @Test func aDistributionsQEMUIsNotTaken() async throws {
    _ = try script("path", machines: mainlines)
    let bundled = try script("bundled/bin", machines: espressifs)
    let environment = ["PATH": "\(home.path)/path"]
    let found = try await discover(bundled: home.path + "/bundled", environment)
    #expect(found.kind == .bundled)
    #expect(found.executable == bundled)
    #expect(found.dataDirectory == home.path + "/bundled/share")
    let error = await failure { try await discover(.espressif, bundled: home.path + "/bundled", environment) }
    #expect(error?.code == "emulator.missing")
  }

  @Test func theBundledOneCanBeAskedFor() async throws {
    _ = try script(toolsFolder, machines: espressifs)
    _ = try script("bundled/bin", machines: espressifs)
    #expect(try await discover(bundled: home.path + "/bundled").kind == .espressif)
    #expect(try await discover(.bundled, bundled: home.path + "/bundled").kind == .bundled)
    #expect(await failure { try await discover(.bundled) }?.code == "emulator.missing")
  }

  @Test func theBundledOneIsNoOtherChip() async throws {
    _ = try script("bundled/bin", machines: espressifs)
    let error = await failure { try await discover(.bundled, chip: .esp32, bundled: home.path + "/bundled") }
    #expect(error?.code == "emulator.chip")
    #expect(error?.isUsage == true)
    #expect(
      await failure { try await discover(chip: .esp32, bundled: home.path + "/bundled") }?.code == "emulator.missing")
  }

  @Test func itTellsItsVersion() async throws {
    let path = try script("a", machines: espressifs)
    let installation = EmulatorInstallation(kind: .espressif, executable: path)
    #expect(await installation.version(sandbox: sandbox) == "QEMU emulator version 1 (v1)")
    let gone = EmulatorInstallation(kind: .espressif, executable: "/nowhere")
    #expect(await gone.version(sandbox: sandbox) == nil)
  }

  @Test func whereItWasBuiltTheROMsOfItsSourcesAreSeen() throws {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
      path: "lab-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for folder in ["sources/pc-bios", "build/pc-bios", "build/qemu-bundle/usr/share/qemu"] {
      try FileManager.default.createDirectory(at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    for file in ["sources/pc-bios/esp32c3-rom.bin", "build/pc-bios/made.bin", "build/qemu-system-riscv32"] {
      try Data().write(to: root.appending(path: file))
    }
    let link = root.appending(path: "build/qemu-bundle/usr/share/qemu/esp32c3-rom.bin").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: root.path + "/sources/pc-bios/esp32c3-rom.bin")
    let installation = EmulatorInstallation(kind: .espressif, executable: root.path + "/build/qemu-system-riscv32")
    #expect(installation.folders == [root.path + "/build", root.path + "/sources/pc-bios"])
  }
}
