// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Synchronization

/// A running emulated board.
public final class Emulator: Sendable {
  /// What UART0 prints: one task at a time may iterate. It ends when the emulator does.
  public let uart: SocketStream
  /// The machine protocol, for what this type has no call for.
  public let qmp: QMPClient
  /// When the emulator was told to let the guest run: `CLOCK_MONOTONIC` of the host in nanoseconds.
  public let startTime: UInt64

  let kind: EmulatorKind
  /// What an emulator goes by whose clock the lab can move in no other way; nil for the bundled one.
  let clock: EmulatorClock?
  /// When the machine ran and when it stood still, by its own clock.
  let runningTime: Mutex<RunningTime>
  private let process: SandboxedProcess
  private let isStopping = Mutex(false)

  private init(
    kind: EmulatorKind, clock: EmulatorClock?, process: SandboxedProcess, uart: SocketStream, qmp: QMPClient,
    startTime: UInt64, runningTime: RunningTime
  ) {
    self.kind = kind
    self.clock = clock
    self.process = process
    self.uart = uart
    self.qmp = qmp
    self.startTime = startTime
    self.runningTime = Mutex(runningTime)
  }

  deinit {
    process.kill()
    uart.close()
    qmp.close()
  }

  /// Starts an emulator and lets its guest run. `lab-network` has to listen on the network socket already.
  /// - Parameters:
  ///   - arguments: the emulator, the image and the sockets.
  ///   - sandbox: where it runs.
  ///   - lease: for how long the guest may run at first, as ``grant(_:)`` takes it; nil for no end.
  ///   - isHopeless: says that nobody listens on the network socket any more.
  /// - Throws: `LabError` if it does not start, with what it printed.
  public static func launch(
    _ arguments: EmulatorArguments, sandbox: Sandbox, lease: UInt64? = nil, unless isHopeless: () -> Bool = { false }
  ) async throws -> Emulator {
    let arguments = try arguments.completed()
    let uartListener = try UnixListener(path: arguments.sockets.uart)
    let qmpListener = try UnixListener(path: arguments.sockets.qmp)
    let kind = arguments.installation.kind
    let clock = kind == .espressif ? try EmulatorClock(path: arguments.sockets.clock) : nil
    let process = try await sandbox.start(arguments.command)
    do {
      let timeout = StartPatience.limit
      guard let uart = try await uartListener.accept(timeout: timeout, unless: { process.hasEnded }),
        let qmpStream = try await qmpListener.accept(timeout: timeout, unless: { process.hasEnded })
      else {
        let failure = await failure(of: process)
        try Task.checkCancellation()
        throw failure
      }
      let qmp = QMPClient(stream: qmpStream)
      try await qmp.negotiate(timeout: timeout)
      try await waitForNetwork(qmp, unless: isHopeless)
      let startTime = MonotonicClock.now
      let runningTime = RunningTime(start: clock?.reading(at: startTime) ?? startTime)
      let emulator = Emulator(
        kind: kind, clock: clock, process: process, uart: uart, qmp: qmp, startTime: startTime,
        runningTime: runningTime)
      if let lease { try await emulator.grant(lease) }
      try await qmp.execute("cont")
      return emulator
    } catch let error as LabError where error.code == "emulator.gone" {
      throw await failure(of: process)
    } catch {
      await process.stop(grace: .zero)
      throw error
    }
  }

  /// The process id of the guard; the emulator is among its descendants.
  public var processIdentifier: Int32 { process.processIdentifier }

  /// Waits until the emulator has noticed that its network socket is connected: frames that the guest sends before are lost.
  private static func waitForNetwork(_ qmp: QMPClient, unless isHopeless: () -> Bool) async throws {
    let deadline = ContinuousClock.now + StartPatience.limit
    while ContinuousClock.now < deadline, !isHopeless() {
      let answer = try await qmp.execute("human-monitor-command", ["command-line": .string("info network")])
      if case .string(let text) = answer, text.contains("unix:") { return }
      try await Task.sleep(for: .milliseconds(1))
    }
    throw LabError(code: "emulator.silent", message: "the emulator did not connect to the network in time")
  }

  /// Sends bytes to UART0, as fast as the guest takes them: no more than a few are on their way, so that who is cancelled leaves
  /// nothing behind that the guest would read later.
  /// - Throws: `LabError` if the emulator has ended; `CancellationError` if the task was cancelled.
  public func sendUART(_ bytes: [UInt8]) async throws {
    for start in stride(from: 0, to: bytes.count, by: Self.uartPiece) {
      try await uart.send(Array(bytes[start..<min(start + Self.uartPiece, bytes.count)]))
      var pause = Duration.microseconds(500)
      while !uart.isRead {
        try await Task.sleep(for: pause)
        pause = min(pause * 2, .milliseconds(10))
      }
    }
  }

  /// As much as the receiver's hardware buffer holds (ESP32-C3 TRM, UART: 128 bytes).
  private static let uartPiece = 128

  /// Presses the board's reset button. A board that stands still goes on doing so.
  public func reset() async throws {
    try await qmp.execute("system_reset")
  }

  /// Lets the board stand still, guest time included.
  public func pause() async throws {
    try await qmp.execute("stop")
    let now = ownTime(at: MonotonicClock.now)
    runningTime.withLock { $0.stop(at: now) }
  }

  /// Lets the board go on.
  public func resume() async throws {
    try await qmp.execute("cont")
    let now = ownTime(at: MonotonicClock.now)
    runningTime.withLock { $0.go(at: now) }
  }

  /// What the clock that the emulator goes by shows at a moment of `CLOCK_MONOTONIC`, in nanoseconds.
  func ownTime(at time: UInt64) -> UInt64 { clock?.reading(at: time) ?? time }

  /// How much processor time the emulator has had, in nanoseconds; nil if nobody tells.
  public var processorTime: UInt64? {
    get async {
      guard let (seconds, attoseconds) = await process.processorTime?.components else { return nil }
      return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }
  }

  /// How the emulator ended; waits until it has.
  public var exit: EmulatorExit {
    get async {
      let termination = await process.termination
      if isStopping.withLock({ $0 }) { return .stopped }
      let message = Self.message(of: process)
      return switch termination {
      case .signalled(let signal): .killed(signal: signal, message: message)
      case .exited(let status): .ended(status: status, message: message)
      case .timedOut, .notStarted: .ended(status: -1, message: message)
      case .outOfMemory: .outOfMemory
      case .lost: .killed(signal: SIGKILL, message: message)
      }
    }
  }

  /// Ends the emulator: by its protocol, then by SIGTERM, then by force; at most about three seconds.
  /// - Returns: how it ended; ``EmulatorExit/stopped`` unless it had ended before.
  @discardableResult
  public func stop() async -> EmulatorExit {
    isStopping.withLock { $0 = true }
    let deadline = Task {
      // Cancelled as soon as the emulator has ended.
      do {
        _ = try? await qmp.execute("quit", timeout: .seconds(1))
        try await Task.sleep(for: .seconds(1))
      } catch { return }
      await process.stop(grace: .seconds(1))
    }
    let result = await exit
    deadline.cancel()
    uart.close()
    qmp.close()
    return result
  }

  /// Kills the emulator and returns at once.
  public func kill() {
    isStopping.withLock { $0 = true }
    process.kill()
  }

  private static func failure(of process: SandboxedProcess) async -> LabError {
    let termination = await process.stop(grace: .zero)
    let message = message(of: process) ?? "it said nothing (\(termination))"
    // The names are those of Debian; ESP-IDF's guide to QEMU lists them for other systems as well.
    let isLibrary = message.contains("shared librar")
    return LabError(
      code: "emulator.start", message: "the emulator did not start: \(message)",
      remedy: isLibrary
        ? "install what Espressif's QEMU needs: libgcrypt20 libglib2.0-0 libpixman-1-0 libsdl2-2.0-0 libslirp0"
        : "see `lab doctor`; LAB_QEMU chooses another emulator")
  }

  /// The last line that it printed to standard error, if there is one.
  private static func message(of process: SandboxedProcess) -> String? {
    let lines = process.standardErrorTail().split(whereSeparator: \.isNewline)
    return lines.last.map { displayable(Array($0.utf8)) }
  }
}

/// How an emulator ended.
public enum EmulatorExit: Hashable, Sendable {
  /// The lab ended it.
  case stopped
  /// A signal ended it: somebody killed it, or it crashed.
  case killed(signal: Int32, message: String?)
  /// It had more memory than it may, so its guard ended it.
  case outOfMemory
  /// It ended by itself.
  case ended(status: Int32, message: String?)
}
