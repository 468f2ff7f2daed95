// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabSandbox
import Testing

@testable import LabFirmware

/// Panics as real ESP-IDF prints them. The RISC-V ones were printed by a program of our own, built with ESP-IDF v5.1.4 and run on
/// Espressif's `esp32c3` machine; the stack is cut. The Xtensa ones are written after the formats in ESP-IDF's sources
/// (`esp_system/port/arch/xtensa/panic_arch.c` and `debug_helpers.c`, v5.1.4), since nothing here runs them.
@Suite struct PanicOfESPIDFTests {
  /// `check()` asserts; `app_main()` called it.
  private let assertion = """
    assert failed: check main.c:25 (socket >= 0)
    Core  0 register dump:
    MEPC    : 0x403805e6  RA      : 0x403839a4  SP      : 0x3fc8fdd0  GP      : 0x3fc8b200  \u{20}
    TP      : 0x3fc88ae8  T0      : 0x37363534  T1      : 0x7271706f  T2      : 0x33323130  \u{20}
    S0/FP   : 0x0000009b  S1      : 0x00000001  A0      : 0x3fc8fe0c  A1      : 0x3fc8b34d  \u{20}
    A2      : 0x00000001  A3      : 0x00000029  A4      : 0x00000001  A5      : 0x3fc8d000  \u{20}
    A6      : 0x7a797877  A7      : 0x76757473  S2      : 0x00000009  S3      : 0x3fc8ff0c  \u{20}
    S4      : 0x3fc8b34c  S5      : 0x00000000  S6      : 0x00000000  S7      : 0x00000000  \u{20}
    S8      : 0x00000000  S9      : 0x00000000  S10     : 0x00000000  S11     : 0x00000000  \u{20}
    T3      : 0x6e6d6c6b  T4      : 0x6a696867  T5      : 0x66656463  T6      : 0x62613938  \u{20}
    MSTATUS : 0x00001880  MTVEC   : 0x40380001  MCAUSE  : 0x00000007  MTVAL   : 0x00000000  \u{20}
    MHARTID : 0x00000000  \u{20}

    Stack memory:
    3fc8fdd0: 0x00000804 0x00000054 0x3c024fb8 0x4038934c 0x3fc8b724 0x3c024fb8 0x3fc8b708 0x3c024f54
    3fc8fdf0: 0x3fc8b734 0x3fc8fe04 0x3fc8b738 0x3c024f40 0x3fc8b34c 0x00003532 0x3fc8d528 0x65737361
    3fc8fe10: 0x66207472 0x656c6961 0x63203a64 0x6b636568 0x69616d20 0x3a632e6e 0x28203532 0x6b636f73
    3fc8fe30: 0x3e207465 0x2930203d 0x3fc90d00 0x40384176 0xffffffff 0x00000000 0x3fc8d478 0x40383a36
    3fc8fe50: 0x00000000 0x00000000 0x3fc8d478 0x40383fcc 0x00000000 0x00000001 0xffffffff 0x00000000
    3fc8fe70: 0xffffffff 0x00000000 0x3fc8d3a4 0x42007070 0x00000000 0xffffffff 0x00000000 0x00000000
    3fc8fe90: 0x00000000 0x3fc8ff90 0x3fc8d478 0x40384176 0xffffffff 0x00000004 0x3fc8feec 0x4038154a
    3fc8feb0: 0x00000000 0x00000000 0x3fc8d3a4 0x00000000 0x00000001 0x00000073 0x3fc8d2d4 0x403815f4
    3fc8fed0: 0x000028c5 0x00000000 0x00000000 0x40000000 0x00000000 0x3fc8ffec 0x00000000 0x00000000
    3fc8fef0: 0x00000000 0x00000000 0x3c023000 0x42007280 0x00000000 0x00000000 0x3c023000 0x42007360
    3fc8ff10: 0x00000000 0x3fc9095c 0x00000000 0x0000003e 0x3c022f1c 0x00000020 0xfe7fffff 0x420117b0
    3fc8ff30: 0x00000000 0x00001388 0x00000001 0x00000000 0x00000000 0x00000000 0x00000000 0x40385c92
    3fc8ff50: 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000



    ELF file SHA256: f133518cfda2de2f

    Rebooting...
    """

  /// The program's `.debug_frame`, of which the functions are left that the panic above went through.
  private static let frames: [UInt8] = {
    let digits = Array(
      """
      0c000000ffffffff0300017c010d020014000000000000009c39384008000000420e1042810100000c00000000000000d405384018000000
      1800000000000000865c38404e000000420e10448101880244070100200000000000000036170142d4000000420e20448101880202a40ac1
      42c8420e00420b0020000000000000003e9238400e010000420ea002588101880289039204930594060000001c0000000000000042720042
      3e000000420e10428101540ac1420e00420b00001c000000000000008072004254010000420e20428101027e0ac1420e00420b00
      """.filter { !$0.isNewline })
    return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
  }()

  @Test func assertionByTheStack() throws {
    let found = PanicReport.all(in: "ready\n\n" + assertion)
    let report = try #require(found.first)
    #expect(found.count == 1)
    #expect(report.kind == .assertion("check main.c:25 (socket >= 0)"))
    #expect(report.state.registers[2] == 0x3fc8_fdd0)
    #expect(report.state.registers[20] == 0x3fc8_b34c)
    #expect(report.state.stack.count == 13 * 8)
    let callers = StackUnwinder(frames: CallFrames(Self.frames[...])).callers(in: report.state)
    // esp_system_abort(), __assert_func(), check(), app_main(), main_task(), vPortTaskWrapper(), which no one called. The stack also has
    // return addresses of calls that are long over (0x40384176, xQueueGiveMutexRecursive()): none of them is here.
    #expect(callers == [0x4038_39a4, 0x4038_934c, 0x4200_7280, 0x4200_7360, 0x4201_17b0, 0x4038_5c92])
  }

  @Test func jumpToNowhere() throws {
    // MEPC is no place in the program; who jumped there stands in RA.
    let text = """
      Guru Meditation Error: Core  0 panic'ed (Instruction access fault). Exception was unhandled.

      Core  0 register dump:
      MEPC    : 0x00000010  RA      : 0x42007360  SP      : 0x3fc8ff10  GP      : 0x3fc8b000  \u{20}
      S0/FP   : 0x3c023000  S1      : 0x00000000  A0      : 0x00000075  A1      : 0x00000000  \u{20}

      Stack memory:
      3fc8ff10: 0x00000000 0x3fc9075c 0x00000010 0x0000003e 0x3c022f08 0x00000020 0xfe7fffff 0x420117b0
      """
    let report = try #require(PanicReport.all(in: text).first)
    let callers = StackUnwinder(frames: CallFrames(Self.frames[...])).callers(in: report.state)
    #expect(callers.prefix(2) == [0x4200_7360, 0x4201_17b0])
  }

  @Test func errorCheckNamesItsPlace() throws {
    let text = """
      ESP_ERROR_CHECK failed: esp_err_t 0x103 (ESP_ERR_INVALID_STATE) at 0x4200731c
      file: "./main/main.c" line 53
      func: app_main
      expression: esp_event_post(NULL, 0, NULL, 0, 0)

      abort() was called at PC 0x40383999 on core 0
      Core  0 register dump:
      MEPC    : 0x403805e6  RA      : 0x403839a4  SP      : 0x3fc8fc80  GP      : 0x3fc8b000  \u{20}
      """
    let found = PanicReport.all(in: text)
    #expect(found.count == 1)
    #expect(found.first?.frames.map(\.address) == [0x4200_731c, 0x4038_3999, 0x4038_05e6, 0x4038_39a4])
    #expect(found.first?.frames.map(\.role) == ["return", "PC", "MEPC", "RA"])
    #expect(found.first?.frames.map(\.placeInCode) == [0x4200_731b, 0x4038_3999, 0x4038_05e6, 0x4038_39a3])
  }

  @Test func aCoreThatIdlesStarvesNobody() {
    let text = """
      E (5302) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
      E (5302) task_wdt:  - IDLE0 (CPU 0)
      E (5302) task_wdt: Tasks currently running:
      E (5302) task_wdt: CPU 0: main
      E (5302) task_wdt: CPU 1: IDLE1
      """
    #expect(PanicReport.all(in: text).map(\.kind) == [.watchdog(tasks: ["main"])])
  }

  @Test func taskWatchdogThenInterruptWatchdog() {
    // Printing the registers keeps interrupts off for so long that the other watchdog bites.
    let text = """
      E (5062) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:
      E (5062) task_wdt:  - IDLE (CPU 0)
      E (5062) task_wdt: Tasks currently running:
      E (5062) task_wdt: CPU 0: main
      E (5062) task_wdt: Print CPU 0 (current core) registers
      Core 2 register dump:
      MEPC    : 0x42007332  RA      : 0x42007294  SP      : 0x3fc8fd10  GP      : 0x3fc8b000  \u{20}
      MSTATUS : 0x00000000  MTVEC   : 0x3fc9075c  MCAUSE  : 0x094f1823  MTVAL   : 0x0000003e  \u{20}
      MHARTID : 0x3c022f08  \u{20}
      Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0).\u{20}

      Core  0 register dump:
      MEPC    : 0x42007336  RA      : 0x42007294  SP      : 0x3fc8fd10  GP      : 0x3fc8b000  \u{20}
      """
    let found = PanicReport.all(in: text)
    #expect(found.map(\.kind) == [.watchdog(tasks: ["main"]), .watchdog(tasks: [])])
    #expect(found.map { $0.frames.first?.address } == [0x4200_7332, 0x4200_7336])
  }

  private let xtensaRegisters = """
    Core  0 register dump:
    PC      : 0x400d1c31  PS      : 0x00060a30  A0      : 0x800d1c4d  A1      : 0x3ffb5e40  \u{20}
    A2      : 0x00000000  A3      : 0x00000001  A4      : 0x3ffb5e60  A5      : 0x00000000  \u{20}
    A6      : 0x00000000  A7      : 0x00000000  A8      : 0x800d1c31  A9      : 0x3ffb5e20  \u{20}
    A10     : 0x00000000  A11     : 0x00000000  A12     : 0x00000000  A13     : 0x00000000  \u{20}
    A14     : 0x00000000  A15     : 0x00000000  SAR     : 0x00000004  EXCCAUSE: 0x0000001c  \u{20}
    EXCVADDR: 0x00000000  LBEG    : 0x4000c46c  LEND    : 0x4000c477  LCOUNT  : 0x00000000  \u{20}


    """

  @Test func xtensaBacktrace() throws {
    let text = """
      Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.

      \(xtensaRegisters)
      Backtrace: 0x400d1c2e:0x3ffb5e40 0x400d1c4a:0x3ffb5e60 0x40085be5:0x3ffb5e80 |<-CORRUPTED



      ELF file SHA256: 0123456789abcdef

      Rebooting...
      """
    let found = PanicReport.all(in: text)
    let report = try #require(found.first)
    #expect(found.count == 1)
    #expect(report.kind == .exception("LoadProhibited"))
    #expect(report.frames.map(\.role) == ["PC", "backtrace", "backtrace"])
    #expect(report.frames.map(\.address) == [0x400d_1c31, 0x400d_1c4a, 0x4008_5be5])
  }

  /// What an ESP32 printed under ESP-IDF v5.4.4: the store is at 0x400d6e98, and the backtrace begins 3 before it, on another line of the source.
  @Test func xtensaTellsWhereItHappenedInItsRegisters() throws {
    let text = """
      Guru Meditation Error: Core  0 panic'ed (StoreProhibited). Exception was unhandled.

      Core  0 register dump:
      PC      : 0x400d6e98  PS      : 0x00060a30  A0      : 0x800d6eaf  A1      : 0x3ffb4300  \u{20}

      Backtrace: 0x400d6e95:0x3ffb4300 0x400d6eac:0x3ffb4320 0x400d6ec8:0x3ffb4340 0x400df01c:0x3ffb4360
      """
    let report = try #require(PanicReport.all(in: text).first)
    #expect(report.frames.map(\.address) == [0x400d_6e98, 0x400d_6eac, 0x400d_6ec8, 0x400d_f01c])
    #expect(report.frames.map(\.placeInCode) == report.frames.map(\.address))
  }

  @Test func xtensaAbortNamesItsCall() throws {
    let text = """
      abort() was called at PC 0x400d6e75 on core 0


      Backtrace: 0x40081a69:0x3ffb4270 0x40085ac9:0x3ffb4290 0x4008ba6a:0x3ffb42b0 0x400d6e75:0x3ffb4320
      """
    let report = try #require(PanicReport.all(in: text).first)
    #expect(report.frames.first == PanicReport.Frame(role: "PC", address: 0x400d_6e75))
    #expect(report.frames.first?.placeInCode == 0x400d_6e75)
    #expect(report.frames.count == 5)
  }

  @Test func xtensaStackWatchpoint() {
    let text = """
      Guru Meditation Error: Core  1 panic'ed (Unhandled debug exception).\u{20}
      Debug exception reason: Stack canary watchpoint triggered (tcp_server)\u{20}
      \(xtensaRegisters)
      Backtrace:0x400d1c2e:0x3ffb5e40 0x400d1c4a:0x3ffb5e60
      """
    let found = PanicReport.all(in: text)
    #expect(found.map(\.kind) == [.stackOverflow(task: "tcp_server")])
    #expect(found.first?.frames.count == 2)
  }

  @Test func filesOfABuildMadeElsewhere() {
    let output = """
      0x42007341
      socket
      /home/main/esp-idf/components/lwip/include/lwip/sockets.h:48
      make_listener
      /home/student/main/command-server/main/main.c:7 (discriminator 1)
      0x4200b82f
      tcpip_send_msg_wait_sem
      /home/main/esp-idf/components/lwip/lwip/src/api/tcpip.c:449
      0x00000003
      ??
      ??:0

      """
    let places = AddressLookup.parse(output, addresses: [0x4200_7341, 0x4200_b82f, 3])
    // ESP-IDF's socket() became part of the function that calls it.
    #expect(places[0x4200_7341]?.function == "make_listener" && places[0x4200_7341]?.line == 7)
    #expect(places[0x4200_7341]?.file == "main/main.c")
    #expect(places[0x4200_b82f]?.file == "/home/main/esp-idf/components/lwip/lwip/src/api/tcpip.c")
    #expect(places[3]?.file == nil && places[3]?.function == nil)
  }

  /// The tool for one processor reads the debug information of another's program: what Xtensa's panics need.
  @Test func placesInAProgramForXtensa() async throws {
    let (cache, output) = (try Fixture(), try Fixture())
    let fixture = try Fixture([
      "main/main.c": "void uart_print(const char *);\n\nvoid app_main(void) {\n  uart_print(\"x\");\n}\n"
    ])
    let sandbox = try Sandbox()
    let image = try await FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache.path, sandbox: sandbox)
      .build(fixture.path, into: output.path)
    let symbols = try await sandbox.run(
      SandboxedCommand(try Toolchain.tool("nm"), [image.elf], binds: [.readOnly(image.elf)]), timeout: .seconds(600))
    let line = try #require(
      String(decoding: symbols.output, as: UTF8.self).split(separator: "\n").first { $0.hasSuffix(" app_main") })
    let address = try #require(UInt32(line.prefix(8), radix: 16))
    // e_machine says Xtensa now.
    var program = try Data(contentsOf: URL(fileURLWithPath: image.elf))
    program.replaceSubrange(18..<20, with: [94, 0])
    let elf = output.path + "/xtensa.elf"
    try program.write(to: URL(fileURLWithPath: elf))
    let report = PanicReport(
      kind: .exception("LoadProhibited"), message: "", frames: [.init(role: "backtrace", address: address)])
    let place = try #require(try await PanicSymbolizer(elf: elf, sandbox: sandbox).symbolize(report).place)
    #expect(place.function == "app_main")
    #expect(place.file == "main/main.c")
  }
}
