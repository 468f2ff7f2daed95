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
  let configuration: Configuration
  private let socketFolder: PrivateDirectory
  private let socketPaths: SocketPaths
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
    record = RunRecord(file: file, mayBiteWrongly: configuration.emulator.kind == .espressif)
    socketFolder = try PrivateDirectory()
    socketPaths = SocketPaths(directory: socketFolder.path)
  }

  /// Starts the network, opens the forwarded ports, and powers the device on.
  /// - Throws: `LabError` if something of the lab does not start.
  public func start() async throws {
    let network = try await NetworkSession.start(
      sockets: socketPaths, capture: configuration.runFolder.appending(path: "capture.pcapng"),
      keepsStep: configuration.emulator.kind == .bundled, sandbox: configuration.sandbox)
    self.network = network
    watch { await self.follow(network) }
    for port in configuration.forward { try await network.send(.forward(guestPort: port)) }
    for (name, answer) in configuration.names { try await network.send(.dns(name: name, answer: DNSAnswer(answer))) }
    let wanted = configuration.forward.count
    let opened: [UInt16: UInt16]? = try await record.wait(.seconds(300)) { record in
      record.isNetworkReady && record.hostPorts.count == wanted ? record.hostPorts : nil
    }
    guard let opened else {
      throw LabError(code: "network.start", message: "the network process did not open the ports of the device")
    }
    hostPorts = opened
    await record.launching()
    var arguments = EmulatorArguments(
      installation: configuration.emulator, flashImage: configuration.flashImage, sockets: socketPaths)
    arguments.keepsStep = true
    let emulator: Emulator
    do {
      emulator = try await Emulator.launch(
        arguments, sandbox: configuration.sandbox, lease: Attendant.lease, unless: { network.hasEnded })
    } catch let error as LabError where !network.hasEnded {
      throw error
    } catch is LabError {
      throw ProcessEnd.ofNetwork(await network.termination, lastWords: network.lastWords)
    }
    self.emulator = emulator
    await record.ask { [weak emulator] in await emulator?.processorTime }
    await record.begin(at: emulator.startTime)
    await record.sampleClock(host: emulator.startTime, guest: 0)
    await record.attended(to: 0)
    try await network.send(.clock(host: emulator.startTime, guest: 0))
    await record.add(.lab, "power on")
    watch { await self.follow(emulator) }
    watch { await self.listen(to: emulator) }
    watch { await self.keepTime() }
    watch { await self.watchEvents(of: emulator) }
    watch { await Attendant(record: self.record, emulator: emulator, network: network).run() }
  }

  /// How long the start took, as far as the device has come.
  public var startTimes: StartTimes { get async { await record.startTimes } }

  /// Where the lab's peers get their sockets: in the network of the run, which no other process reaches.
  var sockets: SocketSource? {
    get throws {
      guard let network else {
        throw LabError(code: "run.ended", message: "the run is over: it has no network any more")
      }
      return network.sockets
    }
  }

  /// Connects to a forwarded port of the device. That it succeeds says nothing of the device.
  /// - Throws: `LabError` if the port is not forwarded, or the run is over.
  public func connect(to port: UInt16) async throws -> LoopbackConnection {
    guard let hostPort = hostPorts[port] else {
      throw LabError(code: "lab.port", message: "port \(port) of the device is not forwarded", isUsage: true)
    }
    return try await LoopbackConnection(port: hostPort, of: sockets)
  }

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
    await record.fail(ProcessEnd.ofNetwork(await network.termination, lastWords: network.lastWords))
  }

  private func follow(_ emulator: Emulator) async {
    let exit = await emulator.exit
    guard self.emulator != nil, exit != .stopped else { return }
    await record.fail(ProcessEnd.ofEmulator(exit))
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

  /// Lets waits see that time passes, and notices when the host held up the lab itself.
  private func keepTime() async {
    while !Task.isCancelled {
      let start = MonotonicClock.now
      try? await Task.sleep(for: .nanoseconds(Self.tick))
      let length = MonotonicClock.now - start
      if length > Self.longestTick { await record.wasHeldUp(for: length) }
      await record.flush()
      await record.changed()
    }
  }

  private static let tick: UInt64 = 20_000_000
  /// A lab that takes longer over a tick was held up, in nanoseconds.
  private static let longestTick: UInt64 = 500_000_000

  private func watchEvents(of emulator: Emulator) async {
    for await event in emulator.qmp.events where event.name == "RESET" {
      await record.restarted(byItself: event.isByGuest, at: event.time)
    }
  }
}
