// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork
import Synchronization
import Testing

@testable import LabScenario

/// A clock that a test sets.
final class TestClock: Sendable {
  private let time = Mutex<UInt64>(1_000_000_000)

  var now: UInt64 { time.withLock { $0 } }

  func advance(by nanoseconds: UInt64) {
    time.withLock { $0 += nanoseconds }
  }
}

@Suite struct RunRecordTests {
  let clock = TestClock()

  func record() -> RunRecord {
    let clock = clock
    return RunRecord { clock.now }
  }

  /// Starts a wait of one second of guest time that finds nothing, and returns when it waits.
  func startWait(on record: RunRecord) async -> Task<Int?, any Error> {
    let wait = Task { try await record.wait(.seconds(1)) { _ -> Int? in nil } }
    await becomesTrue { await record.waiting == 1 }
    return wait
  }

  /// Lets other tasks go on until a condition holds, or ten seconds have passed.
  func becomesTrue(_ condition: () async -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(600)
    while await !condition(), ContinuousClock.now < deadline { await Task.yield() }
  }

  /// Lets whoever was told that something has changed see to it.
  func allHaveLooked(at record: RunRecord) async { await becomesTrue { await record.woken == 0 } }

  @Test func waitReturnsWhatTheConditionFinds() async throws {
    let record = record()
    let stream = await record.openStream()
    async let found: Int? = record.wait(.seconds(1)) { record in
      record.streams[stream].flatMap { $0.received >= 3 ? $0.received : nil }
    }
    await record.received([1, 2], on: stream)
    await record.received([3], on: stream)
    #expect(try await found == 3)
  }

  @Test(arguments: [true, false])
  func aStepEndsWithTheRestartAfterABiteWhereThatMayBeByChance(mayBiteWrongly: Bool) async throws {
    let clock = clock
    let record = RunRecord(mayBiteWrongly: mayBiteWrongly) { clock.now }
    let wait = await startWait(on: record)
    let bite = "Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0)."
    await record.device(printed: [UARTLog.Line(time: clock.now, text: bite, isTruncated: false)])
    await becomesTrue { await record.waiting == 1 }
    await record.restarted(byItself: true, at: clock.now)
    if mayBiteWrongly {
      let failure = await #expect(throws: StepFailure.self) { try await wait.value }
      #expect(failure?.seen == "the interrupt watchdog restarted the device")
      #expect(failure?.evidence.first?.entry.text == bite)
    } else {
      clock.advance(by: 1_000_000_001)
      await record.changed()
      #expect(try await wait.value == nil)
    }
  }

  @Test func waitEndsWhenGuestTimeIsOver() async throws {
    let record = record()
    let wait = await startWait(on: record)
    clock.advance(by: 1_000_000_001)
    await record.changed()
    #expect(try await wait.value == nil)
  }

  @Test func whatStartUpCodeLogsIsNoWordOfTheProgram() async throws {
    let record = record()
    let lines = [
      "I (92) cpu_start: Project name:     no-error-at-all", "I (98) app_init: Project name:     no-error-at-all",
      "I (130) main_task: Calling app_main()", "E (340) client: an error: 104",
    ]
    await record.device(printed: lines.map { UARTLog.Line(time: 0, text: $0, isTruncated: false) })
    #expect(
      await record.deviceLine(matching: Pattern("error"), after: 0, of: [.program])?.number == 3)
    #expect(
      await record.deviceLine(matching: Pattern("no-error"), after: 0, of: [.program]) == nil)
  }

  @Test func whatESPIDFComplainsOfIsNoWordOfTheProgram() async throws {
    let record = record()
    let lines = [
      "E (5310) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:",
      "E (5310) task_wdt:  - error (CPU 0)", "Guru Meditation Error: Core  0 panic'ed (Load access fault).",
      "MEPC    : 0x42000000  an error", "rst:0x3 (RTC_SW_SYS_RST)", "E (5340) client: an error: 104",
    ]
    await record.device(printed: lines.map { UARTLog.Line(time: 0, text: $0, isTruncated: false) })
    func first(_ pattern: String, of origins: Set<LineOrigin>) async throws -> Int? {
      try await record.deviceLine(matching: Pattern(compiling: pattern), after: 0, of: origins)?.number
    }
    #expect(try await first("(?i)error", of: [.program]) == 5)
    #expect(try await first("MEPC", of: [.program]) == nil)
    #expect(try await first("(?i)guru", of: [.program]) == nil)
    #expect(try await first("(?i)guru", of: [.program, .complaint]) == 2)
    #expect(try await first("(?i)error", of: [.complaint]) == 1)
  }

  /// Lines of ESP-IDF v5.4.4; v5.1 has the tag `sleep` in the place of `sleep_gpio`.
  @Test func theTagsOfStartUpCodeNeedNotBeKnown() async throws {
    let record = record()
    let start = [
      "rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)", "I (45742) boot: Disabling RNG early entropy source...",
      "I (45742) cpu_start: Unicore app", "I (18908) sleep_gpio: Configure to isolate all GPIO pins in sleep state",
      "I (18909) main_task: Calling app_main()",
    ]
    let program = ["I (18919) app_init: all of it is the program's", "I (18920) main_task: Returned from app_main()"]
    func printed(_ lines: [String]) async {
      await record.device(printed: lines.map { UARTLog.Line(time: 0, text: $0, isTruncated: false) })
    }
    for first in [0, 7] {
      await printed(start + program)
      #expect(
        await record.deviceLine(matching: Pattern("all"), after: first, of: [.program])?.number
          == first + 5)
      #expect(
        await record.deviceLine(matching: Pattern("Unicore|main_task"), after: first, of: [.program])
          == nil)
    }
    #expect(
      await record.deviceLine(matching: Pattern("Returned|Calling"), after: 0, of: [.system])?.number
        == 4)
    // One that was reset on its way up has begun nothing.
    await printed(start.prefix(3) + start.prefix(1) + ["I (9) client: all"])
    #expect(
      await record.deviceLine(matching: Pattern("all"), after: 14, of: [.program])?.number == 18)
  }

  @Test func whatESPIDFSaysOfTheNetworkIsNoWordOfTheProgram() async {
    let record = record()
    let lines = [
      "I (2) wifi: connected with lab, aid = 1, channel 1, bssid = 02:4c:41:42:00:01",
      "I (2) wifi_sta: got ip:10.0.2.15",
      "I (2) esp_netif_handlers: sta ip: 10.0.2.15, mask: 255.255.255.0, gw: 10.0.2.2", "I (3) wifi: attempt 1",
    ]
    await record.device(printed: lines.map { UARTLog.Line(time: 0, text: $0, isTruncated: false) })
    #expect(await record.deviceLine(matching: Pattern("1"), after: 0, of: [.program])?.number == 3)
  }

  @Test func aQuestionThatNobodyAnswersEndsWithItsTask() async {
    let record = record()
    let question = Task { await record.synchronization(1) }
    await becomesTrue { await record.waiting == 1 }
    question.cancel()
    await record.changed()
    #expect(await question.value == nil)
  }

  static let device = Endpoint(IPv4Address(10, 0, 2, 15), 50000)
  static let peer = Endpoint(IPv4Address(10, 0, 2, 2), 80)

  /// A segment of connection 7.
  func segment(
    _ direction: Direction, flags: TCPFlags = .ack, sequence: UInt32, acknowledgement: UInt32 = 0,
    payloadLength: Int = 0
  ) -> TCPSegment {
    TCPSegment(
      connection: 7, time: clock.now, direction: direction, device: Self.device, peer: Self.peer, flags: flags,
      sequence: sequence, acknowledgement: acknowledgement, payloadLength: payloadLength)
  }

  @Test func timeThatWasToldIsNotTakenBack() async {
    let record = record()
    await record.sampleClock(host: clock.now, guest: 1000)
    clock.advance(by: 50_000_000)
    #expect(await record.guestTime == 50_001_000)
    // The guest had less processor time than it seemed.
    await record.sampleClock(host: clock.now - 10_000_000, guest: 20_000_000)
    #expect(await record.guestTime == 50_001_000)
    clock.advance(by: 60_000_000)
    #expect(await record.guestTime == 90_000_000)
  }

  @Test func guestTimeAndNotHostTimeEndsAWait() async throws {
    let record = record()
    await record.sampleClock(host: clock.now, guest: 0)
    let wait = await startWait(on: record)
    // The host went on for 5 s while the guest got no processor time.
    clock.advance(by: 5_000_000_000)
    await record.sampleClock(host: clock.now, guest: 1000)
    await record.changed()
    await becomesTrue { await record.waiting == 1 }
    #expect(await record.waiting == 1)
    clock.advance(by: 1_000_000_000)
    await record.sampleClock(host: clock.now, guest: 1_500_000_000)
    await record.changed()
    #expect(try await wait.value == nil)
  }

  @Test func aHostThatDoesNotGetOnIsAnErrorOfTheLab() async throws {
    let record = record()
    await record.sampleClock(host: clock.now, guest: 0)
    let wait = await startWait(on: record)
    clock.advance(by: HostPatience.limit(for: .seconds(1)) + 1)
    await record.sampleClock(host: clock.now, guest: 1)
    await record.changed()
    await becomesTrue { await record.waiting == 1 }
    clock.advance(by: 2 * HostPatience.limit(for: .seconds(1)))
    await record.changed()
    await #expect(throws: HostPatience.exhausted) { _ = try await wait.value }
  }

  @Test func aFailureOfTheRunEndsEveryWait() async throws {
    let record = record()
    let error = LabError(code: "emulator.ended", message: "gone")
    let wait = await startWait(on: record)
    await record.fail(error)
    await record.fail(LabError(code: "later", message: "later"))
    await #expect(throws: error) { _ = try await wait.value }
  }

  @Test func aDeviceThatRestartsAgainAndAgainIsNotWaitedFor() async throws {
    let record = record()
    let wait = await startWait(on: record)
    for _ in 0..<3 { await record.restarted(byItself: true, at: clock.now) }
    #expect(try await wait.value == nil)
  }

  @Test func whatTheLabRestartsIsWaitedFor() async throws {
    let record = record()
    let wait = await startWait(on: record)
    for _ in 0..<5 { await record.restarted(byItself: false, at: clock.now) }
    await becomesTrue { await record.waiting == 1 }
    #expect(await record.waiting == 1)
    wait.cancel()
    await record.changed()
    _ = try? await wait.value
  }

  @Test func cancellationEndsAWait() async throws {
    let record = record()
    let wait = await startWait(on: record)
    wait.cancel()
    await record.changed()
    await #expect(throws: CancellationError.self) { _ = try await wait.value }
  }

  @Test(arguments: [
    (
      "Guru Meditation Error: Core  0 panic'ed (Load access fault). Exception was unhandled.",
      CheckDefinition.Mishap.panic
    ),
    ("abort() was called at PC 0x42001234 on core 0", .panic),
    ("assert failed: app_main main.c:12 (0)", .panic),
    ("***ERROR*** A stack overflow in task tcp_server has been detected.", .panic),
    ("E (1234) FreeRTOS: FreeRTOS Task \"x\" should not return, Aborting now!", .panic),
    (
      "E (5320) task_wdt: Task watchdog got triggered. The following tasks/users did not reset the watchdog in time:",
      .watchdog
    ),
    ("Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0).", .watchdog),
  ]) func tellsMishapsFromTheUART(line: String, kind: CheckDefinition.Mishap) async {
    let record = record()
    await record.device(printed: [UARTLog.Line(time: clock.now, text: line, isTruncated: false)])
    #expect(await record.device.mishaps.map(\.kind) == [kind])
  }

  @Test(arguments: ["I (10) main: no panic here", "", "abort", "I (1) app: watchdog fed"])
  func ordinaryLinesAreNoMishaps(line: String) async {
    let record = record()
    await record.device(printed: [UARTLog.Line(time: clock.now, text: line, isTruncated: false)])
    #expect(await record.device.mishaps.isEmpty)
  }

  @Test func anAddressOfTheNewStartOutlivesLateNewsOfTheRestart() async {
    let record = record()
    await record.leased("10.0.2.15", at: clock.now)
    clock.advance(by: 1_000_000)
    let restart = clock.now
    clock.advance(by: 30_000_000)
    await record.leased("10.0.2.15", at: clock.now)
    await record.restarted(byItself: true, at: restart)
    #expect(await record.device.address != nil)
  }

  @Test func anAddressOfTheOldStartIsForgotten() async {
    let record = record()
    await record.leased("10.0.2.15", at: clock.now)
    clock.advance(by: 1_000_000)
    await record.restarted(byItself: true, at: clock.now)
    #expect(await record.device.address == nil)
    await record.leased("10.0.2.15", at: clock.now)
    clock.advance(by: 1_000_000)
    await record.willRestart()
    #expect(await record.device.address == nil)
  }

  @Test func onlyARestartOfTheDevicesOwnIsAMishap() async {
    let record = record()
    await record.restarted(byItself: false, at: clock.now)
    #expect(await record.device.mishaps.isEmpty)
    await record.restarted(byItself: true, at: clock.now)
    #expect(await record.device.mishaps.map(\.kind) == [.reboot])
    #expect(await record.starts == 3)
  }
}
