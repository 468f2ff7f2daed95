// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabSandbox
import Testing

@testable import LabCommands

/// What a run needs of the set-up: what it takes, and nothing else.
@Suite struct ToolSearchTests {
  private let fixture: Fixture

  /// A checkout with a bundled emulator and an SDK, set up; and Espressif's emulator beside it.
  init() throws {
    fixture = try Fixture()
    for path in ["cache/qemu/bin/qemu-system-riscv32", "espressif/qemu-system-riscv32"] {
      try fixture.write("#!/bin/sh\nprintf 'esp32c3  a machine\\n'\n", to: path)
      chmod(fixture.root.path + "/" + path, 0o755)
    }
    try fixture.write("", to: "cache/sdk/esp32c3.ld")
    try fixture.write("", to: "qemu/device.c")
    try fixture.write("", to: "firmware/sdk/kernel.c")
    let cache = fixture.root.path + "/cache"
    try fixture.write(#"{"qemu": "\#(cache)/qemu", "sdk": "\#(cache)/sdk"}"#, to: ".lab/setup.json")
  }

  private func search(_ wish: ToolWish = ToolWish(), hasEspressifs: Bool = false) throws -> ToolSearch {
    var console = fixture.console()
    if hasEspressifs { console.environment["LAB_QEMU"] = fixture.root.path + "/espressif" }
    return ToolSearch(
      wish: wish, checkout: try Checkout(console), setup: try LabSetup.record(root: fixture.root.path),
      sandbox: try Sandbox(isolation: .none), environment: console.environment)
  }

  private func change(_ file: String) throws {
    let path = fixture.root.path + "/" + file
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: 10)], ofItemAtPath: path)
  }

  private func image(_ boot: PrebuiltImage.Boot) -> PrebuiltImage {
    PrebuiltImage(path: "/flash.bin", chip: .esp32c3, boot: boot, size: 4 << 20)
  }

  private func code(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch { return (error as? LabError)?.code }
  }

  @Test func anImageNeedsItsEmulatorOnly() async throws {
    try change("firmware/sdk/kernel.c")
    let (bundled, _) = try await search().emulator(for: image(.direct))
    #expect(bundled.kind == .bundled)
    try change("qemu/device.c")
    for boot in [PrebuiltImage.Boot.direct, .bootloader] {
      let (espressifs, _) = try await search(hasEspressifs: true).emulator(for: image(boot))
      #expect(espressifs.kind == .espressif)
    }
    #expect(await code { _ = try await search().emulator(for: image(.direct)) } == "setup.stale")
  }

  @Test func anImageNeedsNoSetUp() async throws {
    try FileManager.default.removeItem(at: fixture.root.appending(path: ".lab"))
    let (emulator, _) = try await search(hasEspressifs: true).emulator(for: image(.bootloader))
    #expect(emulator.kind == .espressif)
    #expect(await code { _ = try await search().emulator(for: image(.direct)) } == "setup.missing")
  }

  @Test func whatIsBuiltWithTheBundledSDKNeedsIt() async throws {
    #expect(try await search().tools(for: .c).sdk == .bundled)
    try change("qemu/device.c")
    #expect(try await search(hasEspressifs: true).tools(for: .c).emulator.kind == .espressif)
    #expect(await code { _ = try await search().tools(for: .c) } == "setup.stale")
    try change("firmware/sdk/kernel.c")
    #expect(await code { _ = try await search(hasEspressifs: true).tools(for: .c) } == "setup.stale")
  }

  /// The whole command: a run of an image asks for the emulator that it lacks, and not for a set-up.
  @Test func aRunOfAnImageDoesNotAskForTheSetUp() async throws {
    try FileManager.default.removeItem(at: fixture.root.appending(path: ".lab"))
    var flash = [UInt8](repeating: 0xff, count: 4 << 20)
    flash.replaceSubrange(0..<14, with: [0xe9, 1, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0])
    flash.replaceSubrange(0x8000..<0x8002, with: [0xaa, 0x50])
    try Data(flash).write(to: fixture.root.appending(path: "flash.bin"))
    let outcome = await fixture.run("run", "9", "--image", "flash.bin", "--format", "json")
    #expect(outcome.output.contains("emulator.missing"), "\(outcome)")
  }
}
