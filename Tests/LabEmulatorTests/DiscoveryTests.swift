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

  private func script(_ path: String, machines: String) throws -> String {
    let url = URL(fileURLWithPath: "\(home.path)/\(path)/qemu-system-riscv32")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("#!/bin/sh\nprintf '\(machines)'\n".utf8).write(to: url)
    chmod(url.path, 0o755)
    return url.path
  }

  private func discover(
    _ kind: EmulatorKind? = nil, bundled: String? = nil, _ environment: [String: String] = [:]
  ) async throws -> EmulatorInstallation {
    try await EmulatorInstallation.discover(
      kind, bundledDirectory: bundled, environment: environment.merging(["HOME": home.path]) { $1 }, sandbox: sandbox)
  }

  private let espressifs = "Supported machines are:\\nesp32c3   Espressif ESP32C3 machine\\nnone  empty\\n"
  private let mainlines = "Supported machines are:\\nvirt   RISC-V VirtIO board\\n"

  @Test func theVariableComesFirstAndHasToBeRight() async throws {
    let good = try script("a", machines: espressifs)
    let wrong = try script("b", machines: mainlines)
    _ = try script(".espressif/tools/qemu-riscv32/v9/qemu/bin", machines: espressifs)
    #expect(try await discover(["LAB_QEMU": good]) == EmulatorInstallation(kind: .espressif, executable: good))
    for path in [wrong, "/nowhere"] {
      let error = await #expect(throws: LabError.self) { _ = try await discover(["LAB_QEMU": path]) }
      #expect(error?.code == "emulator.wrong")
    }
  }

  @Test func theToolsFolderComesBeforeThePath() async throws {
    let path = try script("path", machines: espressifs)
    let folder = String(path.dropLast("/qemu-system-riscv32".count))
    #expect(try await discover(["PATH": folder]).executable == path)
    let tool = try script(".espressif/tools/qemu-riscv32/v9/qemu/bin", machines: espressifs)
    #expect(try await discover(["PATH": folder]).executable == tool)
  }

  @Test func aDistributionsQEMUIsNotTaken() async throws {
    let path = try script("path", machines: mainlines)
    let bundled = try script("bundled/bin", machines: espressifs)
    let environment = ["PATH": String(path.dropLast("/qemu-system-riscv32".count))]
    let found = try await discover(bundled: home.path + "/bundled", environment)
    #expect(found.kind == .bundled)
    #expect(found.executable == bundled)
    #expect(found.dataDirectory == home.path + "/bundled/share")
    let error = await #expect(throws: LabError.self) {
      _ = try await discover(.espressif, bundled: home.path + "/bundled", environment)
    }
    #expect(error?.code == "emulator.missing")
  }

  @Test func theBundledOneCanBeAskedFor() async throws {
    _ = try script(".espressif/tools/qemu-riscv32/v9/qemu/bin", machines: espressifs)
    _ = try script("bundled/bin", machines: espressifs)
    #expect(try await discover(bundled: home.path + "/bundled").kind == .espressif)
    #expect(try await discover(.bundled, bundled: home.path + "/bundled").kind == .bundled)
    await #expect(throws: LabError.self) { _ = try await discover(.bundled) }
  }
}

extension DiscoveryTests {
  private func discover(_ environment: [String: String]) async throws -> EmulatorInstallation {
    try await discover(nil, environment)
  }

  private func discover(
    _ kind: EmulatorKind?, _ environment: [String: String]
  ) async throws -> EmulatorInstallation {
    try await discover(kind, bundled: nil, environment)
  }
}
