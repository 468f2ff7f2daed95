// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork
import Testing

@testable import LabScenario

/// What steps make of what a device does, on a clock that the test sets.
@Suite struct CheckRunTests {
  private let clock = TestClock()
  private let record: RunRecord
  private let device: FakeDevice

  init() {
    let clock = clock
    record = RunRecord { clock.now }
    device = FakeDevice(record: record, names: ["a.b": .nxdomain])
  }

  private func run(_ actions: StepAction..., within: GuestDuration = .seconds(1)) async throws {
    _ = try await CheckRun(record: record, device: device).run(actions.map { Step($0, within: within) })
  }

  private func failure(of actions: StepAction..., within: GuestDuration = .seconds(1)) async throws -> StepFailure {
    do {
      _ = try await CheckRun(record: record, device: device).run(actions.map { Step($0, within: within) })
    } catch let failure as StepFailure {
      return failure
    }
    throw LabError(code: "test", message: "the steps succeed")
  }

  /// The device begins an attempt that is refused at once.
  private func dial(_ connection: Int, port: UInt16 = 80) async {
    let device = Endpoint(IPv4Address(10, 0, 2, 15), 50000)
    let peer = Endpoint(IPv4Address(10, 0, 2, 2), port)
    await record.segment(
      TCPSegment(
        connection: connection, time: clock.now, direction: .fromDevice, device: device, peer: peer, flags: .syn,
        sequence: 0, fate: .refused))
    await record.attempt(
      ConnectionAttempt(connection: connection, source: device, destination: peer, number: connection, fate: .refused),
      at: clock.now)
  }

  @Test func whatIsTooLongToLookForFailsTheCheck() async throws {
    let check = CheckRun(record: record, device: device)
    await check.learn("ann", taken: String(repeating: "a", count: Pattern.longest))
    await #expect(throws: StepFailure.self) { try await check.pattern("${ann.taken}") }
    #expect(try await check.pattern("x").isFound(in: "x"))
    await check.learn("ann", taken: "25 °C\n")
    #expect(try await check.pattern("^${ann.taken}$").isFound(in: "25 °C"))
    await #expect(throws: LabError.self) { try await check.pattern("${bob.taken}") }
    await #expect(throws: LabError.self) { try await check.pattern("(${ann.taken}") }
  }

  /// Runs a body while the time of the steps passes, a tenth of a second at a time.
  private func whileTimePasses<Result: Sendable>(
    _ body: @Sendable @escaping () async throws -> Result
  ) async throws -> Result {
    let (clock, record) = (clock, record)
    let passing = Task {
      while !Task.isCancelled {
        clock.advance(by: 100_000_000)
        await record.changed()
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    defer { passing.cancel() }
    return try await body()
  }

  private func prints(_ line: String) async {
    await record.device(printed: [UARTLog.Line(time: clock.now, text: line, isTruncated: false)])
  }

  private static func dials(after: GuestDuration? = nil, isOptional: Bool = false) -> StepAction {
    let timing = after.map { DialExpectation.Timing(after: $0, tolerance: .milliseconds(100)) }
    return .device(.dials(DialExpectation(port: 80, timing: timing, isOptional: isOptional)))
  }

  /// A check whose device dials after the given delays, in milliseconds.
  private func dialling(after delays: UInt64..., steps: [StepAction]) async throws {
    let check = CheckRun(record: record, device: device)
    await check.begin(at: await record.position)
    for (index, delay) in delays.enumerated() {
      clock.advance(by: delay * 1_000_000)
      await dial(index + 1)
    }
    for step in steps { try await check.take(Step(step)) }
  }

  @Test func attemptsThatKeepTheirTimePass() async throws {
    try await dialling(
      after: 500, 1000, 2050,
      steps: [Self.dials(), Self.dials(after: .seconds(1)), Self.dials(after: .seconds(2))])
  }

  @Test func anAttemptThatComesTooEarlyFails() async throws {
    let failure = await #expect(throws: StepFailure.self) {
      try await dialling(
        after: 500, 1000, 1000,
        steps: [Self.dials(), Self.dials(after: .seconds(1)), Self.dials(after: .seconds(2))])
    }
    #expect(failure?.facts.gap == [.early, .constant])
    #expect(failure?.seen == "it came after 1 s; the one before had come after 1 s")
    #expect(failure?.expected == "the device dials port 80 again 2 s ± 100 ms after the attempt before it failed")
    #expect(failure?.evidence.count == 2)
  }

  @Test func anAttemptThatComesTooLateFails() async throws {
    let failure = await #expect(throws: StepFailure.self) {
      try await dialling(after: 500, 1300, steps: [Self.dials(), Self.dials(after: .seconds(1))])
    }
    #expect(failure?.facts.gap == [.late])
    #expect(failure?.facts.dialledPort == 80)
  }

  /// A check whose device makes three refused attempts, the second a second after the first, and prints before and after each.
  private func logging(
    _ before: (Int) -> String, _ after: (Int) -> String, _ action: UARTAction
  ) async throws {
    let check = CheckRun(record: record, device: device)
    await check.begin(at: await record.position)
    for index in 1...3 {
      clock.advance(by: index == 1 ? 500_000_000 : UInt64(index - 1) * 1_000_000_000)
      await prints("I (1) demo: \(before(index))")
      await dial(index)
      await prints("I (2) demo: \(after(index))")
    }
    try await check.take(Step(.uart(action)))
  }

  private static let attempts = UARTAction.attempts(
    AttemptLogExpectation(port: 80, delays: [.seconds(1), .seconds(2)]))

  @Test func aLogIsComparedWithTheWire() async throws {
    try await logging({ "第\($0)次" }, { $0 < 3 ? "等待\($0)秒" : "失败" }, Self.attempts)
  }

  @Test func aLogThatTellsOtherDelaysFails() async throws {
    let failure = await #expect(throws: StepFailure.self) {
      try await logging({ "attempt \($0)" }, { $0 < 3 ? "\($0 * 2000) ms" : "the end" }, Self.attempts)
    }
    #expect(failure?.seen == "the device waited 1 s, and no line of that time tells it")
    #expect(failure?.evidence.count == 3)
  }

  @Test func aLogThatCountsFromZeroFails() async throws {
    let failure = await #expect(throws: StepFailure.self) {
      try await logging({ "attempt \($0 - 1)" }, { $0 < 3 ? "\($0 * 1000) ms" : "the end" }, Self.attempts)
    }
    #expect(failure?.expected == "the device logs attempt 1 with its number")
  }

  @Test(arguments: ["25 °C, 50 €", "👩‍🚀 and a zero\u{200b}width", "a\u{7}bell", "e\u{301}, \u{202e}back"])
  func whatAPeerTookIsFoundOnTheConsole(text: String) async throws {
    let check = CheckRun(record: record, device: device)
    await check.begin(at: await record.position)
    await check.learn("tcpbin", taken: text + "\r\n")
    await prints(displayable(Array("echo: \(text)!".utf8)))
    try await check.take(Step(.uart(.expect(pattern: "echo: ${tcpbin.taken}!"))))
  }

  @Test func aLineSinceTheLastAttemptIsFound() async throws {
    let once = UARTAction.once(pattern: "u", sinceAttempt: 80)
    try await logging({ "attempt \($0)" }, { $0 < 3 ? "again" : "aufgegeben" }, once)
    await #expect(throws: StepFailure.self) {
      try await logging({ $0 == 1 ? "up" : "attempt \($0)" }, { _ in "refused" }, once)
    }
  }

  @Test func noAttemptIsTakenTwice() async throws {
    await dial(1)
    let failure: StepFailure = try await whileTimePasses { try await self.failure(of: Self.dials()) }
    #expect(failure.seen.hasPrefix("no connection attempt within 1"))
    #expect(failure.facts.attempts == 0)
    try await whileTimePasses { try await run(Self.dials(isOptional: true)) }
  }

  @Test func anAttemptElsewhereIsNamed() async throws {
    let dialling = Task {
      try await Task.sleep(for: .milliseconds(20))
      await dial(1, port: 20480)
    }
    let failure: StepFailure = try await whileTimePasses {
      try await self.failure(of: Self.dials(), within: .seconds(60))
    }
    try await dialling.value
    #expect(failure.seen == "it dialled 10.0.2.2:20480 instead")
    #expect(failure.facts.dialled?.map(\.port) == [20480])
    #expect(failure.facts.attempts == 0)
  }

  @Test func aPortIsTriedUntilItsTimeIsUp() async throws {
    let step = StepAction.device(.listens(port: 3333))
    let failure = try await whileTimePasses { try await self.failure(of: step, within: .seconds(5)) }
    #expect(failure.seen == "no answer to SYN within 5 s")
    // A probe is traffic, and idle time is skipped between them only.
    #expect(await (5...30).contains(device.probes))
    await device.listen(from: await record.guestTime + GuestDuration.seconds(5).nanoseconds)
    try await whileTimePasses { try await run(step, within: .seconds(5)) }
  }

  @Test func whatIsQuietPasses() async throws {
    try await whileTimePasses { try await run(.device(.quiet(port: 80, duration: .seconds(5)))) }
    #expect(await record.waited > 0)
  }

  @Test func whatComputesAllTheTimeDoesNotIdle() async throws {
    let step = StepAction.device(.idles(.seconds(5)))
    for share in [0.1, nil] {
      await device.compute(share: share)
      try await whileTimePasses { try await run(step) }
    }
    await device.compute(share: 0.9)
    let failure = try await whileTimePasses { try await self.failure(of: step) }
    #expect(failure.seen == "it computed for 90 % of 5 s" && failure.facts.isBusy)
  }

  @Test func aFailureTellsInTheLabFilesWordsWhatWasExpected() async throws {
    let record = record
    let check = CheckRun(record: record, device: device)
    let step = Step(.uart(.expect(pattern: "x+")), expected: "the device tells its address, ${device.address}")
    let failure = await #expect(throws: StepFailure.self) {
      try await whileTimePasses { _ = try await check.run([step]) }
    }
    #expect(failure?.expected == "the device tells its address, 10.0.2.15")
  }

  @Test func linesAreExpectedInTheirOrder() async throws {
    let check = CheckRun(record: record, device: device)
    await check.begin(at: await record.position)
    for line in ["one", "two", "three"] { await prints(line) }
    try await check.take(Step(.uart(.next(pattern: "one"))))
    try await check.take(Step(.uart(.next(pattern: "three"))))
    try await check.take(Step(.uart(.expect(pattern: "two"))))
    await #expect(throws: StepFailure.self) {
      try await whileTimePasses { try await check.take(Step(.uart(.next(pattern: "two")))) }
    }
  }

  @Test func aMarkHidesWhatWasPrintedBefore() async throws {
    let check = CheckRun(record: record, device: device)
    await prints("before the check")
    await check.begin(at: await record.position)
    await prints("error")
    await #expect(throws: StepFailure.self) { try await check.take(Step(.uart(.absent(pattern: "error")))) }
    try await check.take(Step(.uart(.mark)))
    try await check.take(Step(.uart(.absent(pattern: "error|before"))))
  }

  @Test func whatHasNotBeenSentBackIsNotLogged() async throws {
    let check = CheckRun(record: record, device: device)
    await check.begin(at: await record.position)
    await check.learn("peer", taken: "Hello from ESP32\r\n")
    await prints("I (1) echo: Hello from")
    try await check.take(Step(.uart(.absentUnsent(of: "peer"))))
    await prints("I (1) echo: Hello from ESP32 (12 bytes)")
    let failure = await #expect(throws: StepFailure.self) {
      try await check.take(Step(.uart(.absentUnsent(of: "peer"))))
    }
    #expect(failure?.evidence.count == 1)
    // One that is so short may stand for something else.
    await check.learn("peer", taken: "I (1)\n")
    try await check.take(Step(.uart(.absentUnsent(of: "peer"))))
  }

  @Test func theNetworkIsLeftAsItWas() async throws {
    try await run(
      .network(.delay(.milliseconds(5))), .network(.loss(percent: 3, seed: 4)),
      .network(.dns(name: "a.b", answer: .silent)), .network(.block(port: 80, address: nil, .silent)))
    #expect(
      await device.told == [
        .impair(Impairment(delay: 5_000_000)), .impair(Impairment(delay: 5_000_000, lossPercent: 3, seed: 4)),
        .dns(name: "a.b", answer: .silent), .route(address: nil, port: 80, target: .silent), .impair(Impairment()),
        .unroute(address: nil, port: 80), .forgetNames, .dns(name: "a.b", answer: .nxdomain),
      ])
  }

  @Test func aNetworkThatNobodyTouchedIsLeftAlone() async throws {
    try await run(.uart(.mark))
    #expect(await device.told == [])
  }

  @Test func aVariableThatIsNotKnownYetIsAMistakeInTheFile() async throws {
    let error = await #expect(throws: LabError.self) { try await run(.uart(.expect(pattern: "${web.address}"))) }
    #expect(error?.message == "${web.address} is not known yet when a step uses it")
    #expect(error?.isUsage == true)
  }

  @Test func typesTextsWithTheirVariables() async throws {
    let check = CheckRun(record: record, device: device)
    await check.learn("ann", port: 1293, address: "10.0.2.2")
    try await check.take(Step(.uart(.send(.text("${ann.address}:${ann.port} ${ann.swapped_port}\n")))))
    for task in await check.background { await task.value }
    #expect(String(decoding: await device.typed, as: UTF8.self) == "10.0.2.2:1293 3333\n")
  }
}

extension CheckRun {
  /// Lets a client have taken a text.
  fileprivate func learn(_ name: String, taken: String) { variables[Placeholder(name, .taken)] = taken }
}
