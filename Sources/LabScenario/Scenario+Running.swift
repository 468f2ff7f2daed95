// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import LabNetwork

extension Scenario: ScenarioRunning, DeviceUnderTest {
  /// Guest time in nanoseconds since the device first started.
  public var guestTime: UInt64 { get async { await record.guestTime } }

  /// What went wrong with the device so far, in order.
  public var mishaps: [DeviceMishap] {
    get async { await record.device.mishaps }
  }

  /// Whether the interrupt watchdog may bite a program that is not at fault.
  public var mayBiteWrongly: Bool { record.mayBiteWrongly }

  /// How often the host has held up the lab or its network while the device ran on.
  public var lapses: Int { get async { await record.lapses } }

  /// Forgets what went wrong after the first so many mishaps.
  public func forgetMishaps(after count: Int) async {
    await record.forgetMishaps(after: count)
  }

  /// Takes the steps of one check, in order.
  public func run(_ steps: [Step]) async throws -> String? {
    try await CheckRun(record: record, device: self).run(steps)
  }

  /// Starts the device anew, as its reset button would.
  @discardableResult
  func reset(_ between: @Sendable () async throws -> Void) async throws -> RecordPosition {
    let starts = await record.starts
    // Standing still, the device adds nothing to what it did before.
    try await emulator?.pause()
    try await settle()
    await record.willRestart()
    let position = await record.position
    try await between()
    try await emulator?.reset()
    try await emulator?.resume()
    let seen: Bool? = try await record.wait(.seconds(5)) { $0.starts > starts ? true : nil }
    if seen == nil { throw LabError(code: "emulator.reset", message: "the emulator did not reset the device") }
    return position
  }

  /// Starts the device anew, as its reset button would.
  public func restart() async throws {
    try await reset {}
  }

  /// How many seconds of the host's clock went by in steps that only wait.
  public var waited: Double { get async { Double(await record.waited) / 1e9 } }

  /// The ports among those given that the device listens on now.
  public func listening(among ports: [UInt16]) async throws -> [UInt16] {
    var open: [UInt16] = []
    for port in ports {
      if case .listens = try await probe(port, within: .milliseconds(200)) { open.append(port) }
    }
    return open
  }

  /// Whether a line that the device printed matches a pattern.
  public func printed(matching pattern: Pattern) async -> Bool {
    await record.deviceLine(matching: pattern, after: 0, of: [.program, .complaint]) != nil
  }

  /// The first panic that the device reported from a transcript line on, with the places in the program that it names.
  public func panic(from line: Int) async -> PanicReport? {
    guard let report = await record.panic(from: line) else { return nil }
    // Without the places it is still a report.
    let symbolizer = PanicSymbolizer(
      elf: configuration.elf, sandbox: configuration.sandbox, swiftTools: configuration.swiftTools)
    return (try? await symbolizer.symbolize(report)) ?? report
  }

  /// Adds a line to the transcript.
  @discardableResult
  public func note(_ text: String) async -> Evidence {
    await record.add(.lab, text)
  }

  var names: [String: NameAnswer] { configuration.names }

  func type(_ bytes: [UInt8]) async throws {
    for start in stride(from: 0, to: bytes.count, by: 256) {
      await record.stir()
      try await emulator?.sendUART(Array(bytes[start..<min(start + 256, bytes.count)]))
    }
    await record.stir()
  }

  var busyTime: UInt64? { get async throws { try await emulator?.busyTime() } }

  func tell(_ commands: [NetworkCommand]) async throws {
    for command in commands { try await network?.send(command) }
    try await settle()
  }

  /// Waits until the network process has dealt with everything that came before, and what the device had printed is known as well.
  /// - Throws: `LabError` if the network process does not answer.
  func settle() async throws {
    guard let network else { return }
    let token = await record.newToken()
    do {
      try await network.send(.synchronize(token: token))
    } catch let error as LabError {
      throw await reason(for: error)
    }
    guard await record.synchronization(token) != nil else {
      try Task.checkCancellation()
      throw await record.failure ?? HostPatience.exhausted
    }
    if let uart = emulator?.uart { await record.hear(uart.arrived) }
  }

  /// Makes sure that whoever plays the device's surroundings, and the device's emulator itself, were there until now.
  /// - Throws: `LabError` if one of them is gone or does not answer.
  func confirm() async throws {
    try await settle()
    do {
      try await emulator?.qmp.execute("query-status")
    } catch let error as LabError {
      throw await reason(for: error)
    }
    if let failure = await record.failure { throw failure }
  }

  /// Why a process of the run cannot be reached: how it ended says more than that, and may not be known yet.
  private func reason(for error: LabError) async -> LabError {
    for _ in 0..<Self.endingRounds {
      if let failure = await record.failure { return failure }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return error
  }

  private static let endingRounds = 500

  func probe(_ port: UInt16, within: GuestDuration) async throws -> ProbeAnswer {
    let before = await record.probes
    try await network?.send(.probe(port: port))
    let answer: ProbeAnswer? = try await record.wait(within) { record in
      record.probes > before ? record.probeAnswers[port] : nil
    }
    return answer ?? .silent
  }
}

extension EmulatorExit {
  /// How it ended, as a part of a sentence.
  var summary: String {
    switch self {
    case .stopped: "the lab stopped it"
    case .outOfMemory: "it had more memory than it may"
    case .killed(let signal, let message): "killed by signal \(signal)\(message.map { " (\($0))" } ?? "")"
    case .ended(let status, let message): "exit status \(status)\(message.map { " (\($0))" } ?? "")"
    }
  }
}

extension QMPEvent {
  /// Whether the guest itself brought the event about (QEMU's QMP reference, `RESET`).
  var isByGuest: Bool {
    guard case .object(let members) = data else { return false }
    return members["guest"] == .boolean(true)
  }
}
