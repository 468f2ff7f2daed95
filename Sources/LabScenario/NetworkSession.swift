// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabModel
import LabNetwork
import LabSandbox

/// The network process of a run, and the lab's end of its control connection.
final class NetworkSession: Sendable {
  /// What the process reports, in order. The stream ends with the process.
  let reports: AsyncStream<NetworkReport>
  /// Where the lab's peers get their sockets.
  let sockets: SocketSource

  private let process: SandboxedProcess
  private let control: SocketStream
  private let capture: String

  private init(process: SandboxedProcess, control: SocketStream, sockets: SocketSource, capture: String) {
    self.process = process
    self.control = control
    self.capture = capture
    self.sockets = sockets
    reports = AsyncStream { continuation in
      let reader = Task {
        var decoder = ControlLineDecoder<NetworkReport>()
        do {
          while let chunk = await control.next() {
            for report in try decoder.append(chunk.bytes) { continuation.yield(report) }
          }
        } catch {
          let failure = NetworkEvent.failed(message: "it said something that the lab does not understand: \(error)")
          continuation.yield(NetworkReport(time: MonotonicClock.now, event: failure))
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in reader.cancel() }
    }
  }

  /// What the process may use up: it has one thread and needs some 25 MB, and a capture ends at 256 MiB.
  private static let limits = ResourceLimits(
    addressSpace: 1 << 30, memory: 256 << 20, cpuSeconds: 4 * 3600, fileSize: 256 << 20, processes: 8,
    temporaryStorage: 1 << 20)

  /// Starts the process.
  /// - Parameters:
  ///   - sockets: where it listens for QEMU, and where it finds the lab.
  ///   - capture: the capture that it writes.
  ///   - keepsStep: whether QEMU's Ethernet tells the guest's time, and waits for what comes of a frame.
  ///   - sandbox: where it runs. It has a network of its own, in which the lab's peers are its only neighbours, and nothing of the host's files but the
  ///     capture.
  /// - Throws: `LabError` if it does not start.
  static func start(
    sockets: SocketPaths, capture: URL, keepsStep: Bool, sandbox: Sandbox
  ) async throws -> NetworkSession {
    let listener = try UnixListener(path: sockets.control)
    let socketListener = try UnixListener(path: sockets.sockets)
    let path = try HelperExecutable.path(named: "lab-network")
    guard FileManager.default.createFile(atPath: capture.path, contents: nil) else {
      throw LabError(
        code: "run.folder", message: "\(capture.path) cannot be written",
        remedy: "Is the disk full, or the folder read-only?")
    }
    let command = SandboxedCommand(
      path,
      [
        "--qemu-socket", sockets.network, "--control", sockets.control, "--sockets", sockets.sockets,
        "--capture", capture.path,
      ] + (keepsStep ? ["--lockstep"] : []),
      binds: [.readWrite(sockets.directory), .readWrite(capture.path)] + RuntimeLibraries.folders.map { .readOnly($0) },
      limits: limits)
    let process = try await sandbox.start(command)
    guard let control = try await listener.accept(timeout: StartPatience.limit, unless: { process.hasEnded }),
      let source = try await socketListener.acceptSource(timeout: StartPatience.limit, unless: { process.hasEnded })
    else {
      let words = Self.lastWords(of: process)
      let termination = await process.stop(grace: .zero)
      throw LabError(
        code: "network.start",
        message: "the network process did not start\(words.isEmpty ? ": it said nothing (\(termination))" : words)",
        remedy: "Run it again. If it fails again, `lab doctor` tells what is missing.")
    }
    return NetworkSession(process: process, control: control, sockets: source, capture: capture.path)
  }

  /// Sends commands, together.
  /// - Throws: `LabError` if the process is gone.
  func send(_ commands: NetworkCommand...) async throws {
    let encoder = ControlLineEncoder()
    try await control.send(try commands.flatMap { try encoder.encode($0) })
  }

  /// Whether the process has ended.
  var hasEnded: Bool { process.hasEnded }

  /// How the process ended; waits until it has.
  var termination: Termination { get async { await process.termination } }

  /// What the process said last, as the end of a sentence; empty if it said nothing.
  var lastWords: String { Self.lastWords(of: process) }

  private static func lastWords(of process: SandboxedProcess) -> String {
    let words = process.standardErrorTail(400).trimmingCharacters(in: .whitespacesAndNewlines)
    return words.isEmpty ? "" : ": \(words)"
  }

  /// Ends the process; the capture is complete afterwards.
  func stop() async {
    try? await send(.stop)
    let deadline = Task {
      do { try await Task.sleep(for: .seconds(2)) } catch { return }
      await process.stop(grace: .seconds(1))
    }
    _ = await process.termination
    deadline.cancel()
    control.close()
    Sandbox.returnToLab(capture)
  }
}
