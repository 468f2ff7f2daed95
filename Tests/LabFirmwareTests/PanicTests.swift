// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabSandbox
import Testing

@testable import LabFirmware

@Suite struct PanicTests {
  private let dump = """
    Core  0 register dump:
    MEPC    : 0x42006a10  RA      : 0x42006a0c  SP      : 0x3fc91160  GP      : 0x3fc8b600
    TP      : 0x3fc85a24  T0      : 0x4005890e  T1      : 0x20000000  T2      : 0x00000000

    Stack memory:
    3fc91160: 0x00000000 0x00000000 0x42006a0c 0x00000000

    Rebooting...
    """

  @Test func exception() throws {
    let found = PanicReport.all(
      in:
        "x\nGuru Meditation Error: Core  0 panic'ed (Load access fault). Exception was unhandled.\n\n\(dump)")
    let report = try #require(found.first)
    #expect(found.count == 1)
    #expect(report.kind == .exception("Load access fault"))
    #expect(report.frames.map(\.role) == ["MEPC", "RA"])
    #expect(report.frames.map(\.address) == [0x4200_6a10, 0x4200_6a0c])
  }

  @Test func assertionThatEndsInAbort() throws {
    let found = PanicReport.all(
      in:
        "assert failed: app_main main.c:15 (x == 1)\nabort() was called at PC 0x42006b3d on core 0\n\(dump)")
    let report = try #require(found.first)
    #expect(found.count == 1)
    #expect(report.kind == .assertion("app_main main.c:15 (x == 1)"))
    #expect(report.frames.map(\.role) == ["PC", "MEPC", "RA"])
  }

  @Test func stackOverflow() {
    let found = PanicReport.all(in: "***ERROR*** A stack overflow in task tcp server has been detected.\n\(dump)")
    #expect(found.map(\.kind) == [.stackOverflow(task: "tcp server")])
  }

  @Test func taskWatchdogGoesOn() {
    let text = """
      E (10303) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
      E (10303) task_wdt:  - IDLE (CPU 0)
      E (10303) task_wdt: Tasks currently running:
      E (10303) task_wdt: CPU 0: main
      E (10303) task_wdt: Print CPU 0 (current core) registers
      \(dump)
      """
    let found = PanicReport.all(in: text)
    #expect(found.map(\.kind) == [.watchdog(tasks: ["main"])])
    #expect(found.first?.frames.count == 2)
  }

  @Test func interruptWatchdogAndTwoInARow() {
    let one = "Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0).\n\(dump)\n"
    #expect(PanicReport.all(in: one + one).map(\.kind) == [.watchdog(tasks: []), .watchdog(tasks: [])])
  }

  @Test func hostileTextIsHarmless() {
    let lines = [
      "abort() was called at PC 0xzzzzzzzz on core 0", "MEPC    : 0x123 RA : 0xffffffffffff",
      String(repeating: "MEPC", count: 5000),
      "Guru Meditation Error: Core  0 panic'ed (", "***ERROR*** A stack overflow in task",
    ]
    #expect(PanicReport.all(in: lines.joined(separator: "\n")).flatMap(\.frames).isEmpty)
    var parser = PanicParser()
    _ = parser.parse("abort() was called at PC 0x42000000 on core 0")
    let ended = (0..<1000).compactMap { _ in parser.parse("MEPC    : 0x42000000  RA      : 0x42000000") }
    #expect(ended.count == 1)
  }

  @Test func addressesBecomePlaces() async throws {
    let (cache, output) = (try Fixture(), try Fixture())
    let fixture = try Fixture([
      "main/main.c": "void uart_print(const char *);\n\nvoid app_main(void) {\n  uart_print(\"x\");\n}\n"
    ])
    let sandbox = try Sandbox()
    let image = try await FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache.path, sandbox: sandbox)
      .build(fixture.path, into: output.path)
    // app_main calls at its beginning, after the two magic words and the start code; any address in it will do.
    let report = PanicReport(
      kind: .abort, message: "", frames: [.init(role: "PC", address: 0), .init(role: "RA", address: 0x4200_000c)])
    let nowhere = try await PanicSymbolizer(elf: image.elf, sandbox: sandbox).symbolize(report)
    #expect(nowhere.frames[0].function == nil)
    let symbols = try await sandbox.run(
      SandboxedCommand(try Toolchain.tool("nm"), [image.elf], binds: [.readOnly(image.elf)]), timeout: .seconds(600))
    let line = try #require(
      String(decoding: symbols.output, as: UTF8.self).split(separator: "\n").first { $0.hasSuffix(" app_main") })
    let address = try #require(UInt32(line.prefix(8), radix: 16))
    let known = PanicReport(kind: .abort, message: "", frames: [.init(role: "MEPC", address: address + 2)])
    let place = try #require(try await PanicSymbolizer(elf: image.elf, sandbox: sandbox).symbolize(known).place)
    #expect(place.function == "app_main")
    #expect(place.file == "main/main.c")
    #expect(place.line == 3 || place.line == 4)
  }
}
