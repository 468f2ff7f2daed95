// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

@Suite struct LabSetupTests {
  private func checkout() throws -> Fixture {
    let fixture = try Fixture([
      "Package.swift": "", "labs/": "", "cache/qemu/": "", "cache/sdk/": "", "qemu/device.c": "",
      "firmware/sdk/kernel.c": "",
    ])
    try fixture.write(
      ".lab/setup.json", "{\"qemu\": \"\(fixture.path)/cache/qemu\", \"sdk\": \"\(fixture.path)/cache/sdk\"}")
    return fixture
  }

  private func code(_ fixture: Fixture) -> String? {
    do {
      _ = try LabSetup.load(root: fixture.path)
      return nil
    } catch { return (error as? LabError)?.code }
  }

  @Test func findsWhatWasBuilt() throws {
    let fixture = try checkout()
    let setup = try LabSetup.load(root: fixture.path)
    #expect(setup == LabSetup(qemu: fixture.path + "/cache/qemu", sdk: fixture.path + "/cache/sdk"))
    #expect(try LabSetup.checkoutRoot(environment: ["LAB_ROOT": fixture.path]) == fixture.path)
  }

  @Test func espressifsEmulatorAloneWillDo() throws {
    let fixture = try checkout()
    let folder = fixture.path + "/cache/sdk"
    try fixture.write(".lab/setup.json", "{\"espressifQEMU\": \"\(folder)\", \"sdk\": \"\(folder)\"}")
    #expect(try LabSetup.load(root: fixture.path) == LabSetup(qemu: nil, sdk: folder, espressifQEMU: folder))
    try fixture.write(".lab/setup.json", "{\"espressifQEMU\": \"\(folder)-not\", \"sdk\": \"\(folder)\"}")
    #expect(code(fixture) == "setup.gone")
  }

  @Test func saysWhatIsMissing() throws {
    #expect(code(try Fixture()) == "setup.missing")
    let damaged = try checkout()
    try damaged.write(".lab/setup.json", "{")
    #expect(code(damaged) == "setup.damaged")
    let gone = try checkout()
    try FileManager.default.removeItem(atPath: gone.path + "/cache/sdk")
    #expect(code(gone) == "setup.gone")
    #expect(throws: LabError.self) { try LabSetup.checkoutRoot(environment: ["LAB_ROOT": "/usr"]) }
  }

  @Test func whatMayNotBeReadIsNotGone() {
    #expect(LabSetup.lost("/root/x", reason: ENOENT, root: "/lab").code == "setup.gone")
    let error = LabSetup.lost("/root/x", reason: EACCES, root: "/lab")
    #expect(error.code == "setup.unreadable")
    #expect(error.message == "you may not read what the set-up built: /root/x")
  }

  @Test(arguments: ["qemu/device.c", "firmware/sdk/components/new.c"]) func noticesChanges(file: String) throws {
    let fixture = try checkout()
    try change(file, in: fixture)
    #expect(code(fixture) == "setup.stale")
  }

  @Test(arguments: ["qemu/README.md", "firmware/sdk/tests/new.c"])
  func documentsAndTestsDecideNothing(file: String) throws {
    let fixture = try checkout()
    try change(file, in: fixture)
    #expect(code(fixture) == nil)
  }

  /// No set-up would make it older.
  @Test func aFileFromTheFutureIsNoChange() throws {
    let fixture = try checkout()
    let year: TimeInterval = 365 * 86_400
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: year)], ofItemAtPath: fixture.path + "/qemu/device.c")
    #expect(code(fixture) == nil)
  }

  /// A run looks at what it takes, and at nothing else.
  @Test(arguments: [("qemu/device.c", LabSetup.Part.qemu), ("firmware/sdk/kernel.c", .sdk)])
  func looksAtTheWantedPartsOnly(file: String, part: LabSetup.Part) throws {
    let fixture = try checkout()
    try change(file, in: fixture)
    let setup = try #require(try LabSetup.record(root: fixture.path))
    try setup.verify([], root: fixture.path)
    try setup.verify(LabSetup.Part.allCases.filter { $0 != part }, root: fixture.path)
    let error = #expect(throws: LabError.self) { try setup.verify([part], root: fixture.path) }
    #expect(error?.code == "setup.stale")
  }

  @Test func thereMayBeNoRecord() throws {
    #expect(try LabSetup.record(root: try Fixture().path) == nil)
  }

  private func change(_ file: String, in fixture: Fixture) throws {
    try fixture.write(file, "changed")
    let future = Date(timeIntervalSinceNow: 10)
    try FileManager.default.setAttributes([.modificationDate: future], ofItemAtPath: "\(fixture.path)/\(file)")
  }
}
