// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabModel
import LabNetwork
import LabSandbox

/// A run: the device, its network and the lab's peers, from power-on to the end.
public actor Scenario {
  /// What a run needs.
  public struct Configuration: Sendable {
    /// The ports of the device that the host can reach.
    public var forward: [UInt16]
    /// What names resolve to.
    public var names: [String: NameAnswer]
    /// The flash image.
    public var flashImage: String
    /// The program with its debug information, which tells where a panic happened.
    public var elf: String
    /// The folder of the Swift toolchain that built it, if one did.
    public var swiftTools: String?
    /// The emulator.
    public var emulator: EmulatorInstallation
    /// Where emulator and network process run.
    public var sandbox: Sandbox
    /// The folder that gets transcript, UART log and capture. It has to be there.
    public var runFolder: URL

    /// - Parameters: as the properties of the same names.
    public init(
      forward: [UInt16], names: [String: NameAnswer] = [:], flashImage: String, elf: String,
      emulator: EmulatorInstallation, sandbox: Sandbox, runFolder: URL
    ) {
      self.forward = forward
      self.names = names
      self.flashImage = flashImage
      self.elf = elf
      self.emulator = emulator
      self.sandbox = sandbox
      self.runFolder = runFolder
    }
  }

  let record: RunRecord
  private(set) var hostPorts: [UInt16: UInt16] = [:]
  private(set) var emulator: Emulator?
  private(set) var network: NetworkSession?
  private let configuration: Configuration
  private let socketFolder: PrivateDirectory
  private let sockets: SocketPaths
  private let uart = UARTRecorder()
  private var watchers: [Task<Void, Never>] = []

  /// Prepares a run; nothing is started yet.
  /// - Throws: `LabError` if the run folder cannot be written.
  public init(_ configuration: Configuration) throws {
    self.configuration = configuration
    let transcript = configuration.runFolder.appending(path: "transcript.txt")
    guard FileManager.default.createFile(atPath: transcript.path, contents: nil),
      let file = try? FileHandle(forWritingTo: transcript)
    else {
      throw LabError(
        code: "run.folder", message: "\(transcript.path) cannot be written",
        remedy: "Is the disk full, or the folder read-only?")
    }
    record = RunRecord(file: file)
    socketFolder = try PrivateDirectory()
    sockets = SocketPaths(directory: socketFolder.path)
  }

  /// Starts the network, opens the forwarded ports, and powers the device on.
  /// - Throws: `LabError` if something of the lab does not start.
  public func start() async throws {
    let network = try await NetworkSession.start(
      sockets: sockets, capture: configuration.runFolder.appending(path: "capture.pcapng"),
      sandbox: configuration.sandbox)
    self.network = network
    watch { await self.follow(network) }
    for port in configuration.forward { try await network.send(.forward(guestPort: port)) }
    for (name, answer) in configuration.names { try await network.send(.dns(name: name, answer: DNSAnswer(answer))) }
    let wanted = configuration.forward.count
    let opened: [UInt16: UInt16]? = try await record.wait(.seconds(20)) { record in
      record.isNetworkReady && record.hostPorts.count == wanted ? record.hostPorts : nil
    }
    guard let opened else {
      throw LabError(code: "network.start", message: "the network process did not open the ports of the device")
    }
    hostPorts = opened
    await record.launching()
    let emulator = try await Emulator.launch(
      EmulatorArguments(
        installation: configuration.emulator, flashImage: configuration.flashImage, sockets: sockets),
      sandbox: configuration.sandbox)
    self.emulator = emulator
    await record.begin(at: emulator.startTime)
    try await network.send(.clock(host: emulator.startTime, guest: 0))
    await record.add(.lab, "power on")
    watch { await self.follow(emulator) }
    watch { await self.listen(to: emulator) }
    watch { await self.keepTime(emulator, network) }
    watch { await self.watchEvents(of: emulator) }
    if configuration.emulator.kind == .bundled {
      watch { await IdleSkipper(record: self.record, emulator: emulator, network: network).run() }
    }
  }

  /// How long the start took, as far as the device has come.
  public var startTimes: StartTimes { get async { await record.startTimes } }

  /// The port on 127.0.0.1 that leads to a forwarded port of the device.
  public func hostPort(for port: UInt16) -> UInt16? { hostPorts[port] }

  /// Ends everything and completes the files of the run folder. Safe to call at any point, and more than once.
  public func stop() async {
    let emulator = emulator
    let network = network
    self.emulator = nil
    self.network = nil
    await emulator?.stop()
    await network?.stop()
    for watcher in watchers { watcher.cancel() }
    // Whoever of them waits for the record looks again now; nobody keeps time any more.
    await record.changed()
    for watcher in watchers { await watcher.value }
    watchers = []
    await record.finish()
    await uart.write(to: configuration.runFolder.appending(path: "uart.log"))
  }

  private func watch(_ body: @escaping @Sendable () async -> Void) {
    watchers.append(Task { await body() })
  }

  private func follow(_ network: NetworkSession) async {
    for await report in network.reports { await record.take(report) }
    guard self.network != nil else { return }
    await record.fail(
      LabError(code: "network.ended", message: "the network process ended during the run\(network.lastWords)"))
  }

  private func follow(_ emulator: Emulator) async {
    let exit = await emulator.exit
    guard self.emulator != nil, exit != .stopped else { return }
    await record.fail(LabError(code: "emulator.ended", message: "the emulator ended during the run: \(exit.summary)"))
  }

  private func listen(to emulator: Emulator) async {
    while let chunk = await emulator.uart.next() {
      await record.passHold()
      await record.heard(at: chunk.time)
      await record.device(printed: chunk.bytes)
      await record.device(printed: await uart.append(chunk))
      await record.took(chunk.bytes.count)
    }
    if let line = await uart.finish() { await record.device(printed: [line]) }
  }

  /// Keeps the lab's idea of guest time right and lets waits see that time passes.
  private func keepTime(_ emulator: Emulator, _ network: NetworkSession) async {
    var round = 0
    while !Task.isCancelled {
      // Each sample wakes the emulator: an idle board is to cost nearly nothing.
      round += 1
      if round % 3 == 1, let (host, guest) = await record.sampleClock({ try await emulator.readClocks() }) {
        try? await network.send(.clock(host: host, guest: guest))
      }
      await record.flush()
      await record.changed()
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  private func watchEvents(of emulator: Emulator) async {
    for await event in emulator.qmp.events where event.name == "RESET" {
      await record.restarted(byItself: event.isByGuest, at: event.time)
    }
  }
}

extension Scenario: ScenarioRunning, DeviceUnderTest {
  /// Guest time in nanoseconds since the device first started.
  public var guestTime: UInt64 { get async { await record.guestTime } }

  /// What went wrong with the device so far, in order.
  public var mishaps: [DeviceMishap] {
    get async { await record.device.mishaps }
  }

  /// Takes the steps of one check, in order.
  public func run(_ steps: [Step]) async throws -> String? {
    try await CheckRun(record: record, device: self).run(steps)
  }

  /// Starts the device anew, as its reset button would.
  @discardableResult
  func reset(_ between: @Sendable () async -> Void) async throws -> RecordPosition {
    let starts = await record.starts
    // Standing still, the device adds nothing to what it did before.
    try await emulator?.pause()
    try await settle()
    await record.willRestart()
    let position = await record.position
    await between()
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

  /// Whether a line that the device printed matches a regular expression.
  public func printed(matching pattern: String) async throws -> Bool {
    let regex = try compile(pattern)
    return await record.deviceLine(matching: regex, pattern: pattern, after: 0) != nil
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

  func tell(_ commands: [NetworkCommand]) async throws {
    for command in commands { try await network?.send(command) }
    try await settle()
  }

  /// Waits until the network process has dealt with everything that came before.
  func settle() async throws {
    let token = await record.newToken()
    try await network?.send(.synchronize(token: token))
    _ = await record.synchronization(token)
    // What the device had printed counts as well. One that never stops printing is not waited for.
    guard let uart = emulator?.uart else { return }
    let arrived = uart.arrived
    let deadline = MonotonicClock.now + 2_000_000_000
    while await !record.hasHeard(arrived), MonotonicClock.now < deadline { try await Task.sleep(for: .milliseconds(1)) }
  }

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
