// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Subprocess
import Synchronization

/// A command that is running. When the last reference to it goes away, it is killed with everything that it started.
public final class SandboxedProcess: Sendable {
  /// The process id of the guard; the command and all its children are its descendants.
  public let processIdentifier: Int32

  private let control: GuardControl
  private let output: PipeReader
  private let errors: PipeReader
  private let ended = OneShot<GuardReport>()

  init(
    commandLine: [String], environment: [String: String], workingDirectory: String, outputLimit: Int
  ) async throws {
    let (control, guardEnd) = try GuardControl.make()
    let (output, outputEnd) = try PipeReader.make(limit: outputLimit)
    let (errors, errorsEnd) = try PipeReader.make(limit: outputLimit)
    var options = PlatformOptions()
    // A session of its own: the terminal's Ctrl-C is for the lab alone, which stops its children in its own order.
    options.createSession = true
    let configuration = Configuration(
      executable: .path(.init(commandLine[0])), arguments: Arguments(Array(commandLine.dropFirst())),
      environment: .custom(
        Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0.key), $0.value) })),
      workingDirectory: .init(workingDirectory), platformOptions: options)
    let started = OneShot<Int32>()
    let ended = ended
    Task.detached {
      do {
        let outcome = try await Subprocess.run(
          configuration,
          input: .fileDescriptor(.init(rawValue: guardEnd), closeAfterSpawningProcess: true),
          output: .fileDescriptor(.init(rawValue: outputEnd), closeAfterSpawningProcess: true),
          error: .fileDescriptor(.init(rawValue: errorsEnd), closeAfterSpawningProcess: true)
        ) { execution in
          started.resolve(.success(execution.processIdentifier.value))
        }
        if case .signaled = outcome.terminationStatus, case .success(let group) = started.current {
          // The kernel ends what a killed guard leaves, but for a sandbox that is being set up: it waits for a parent that is gone. It is
          // still in the guard's process group, whose number is not given to others as long as somebody is in it.
          Foundation.kill(-group, SIGKILL)
        }
        // The guard has ended, so all that could write has: what is left in the pipes is all there is.
        let isRead = OneShot<Void>()
        Task {
          await output.finish()
          await errors.finish()
          isRead.resolve(.success(()))
        }
        if case .signaled = outcome.terminationStatus {
          // What has left the group may hold the pipes for ever.
          Task {
            try? await Task.sleep(for: .seconds(10))
            isRead.resolve(.success(()))
          }
        }
        try? await isRead.value
        ended.resolve(.success(control.report))
      } catch {
        started.resolve(
          .failure(
            LabError(code: "process.start", message: "cannot start \(commandLine[0]): \(error)", remedy: nil)))
        ended.resolve(.success(GuardReport("")))
      }
    }
    self.control = control
    self.output = output
    self.errors = errors
    processIdentifier = try await started.value
  }

  deinit {
    control.kill()
  }

  /// How it ended; waits until it has, and every process that it started with it.
  public var termination: Termination {
    get async { await report.termination }
  }

  /// How it ended and what it used up; waits until it has ended, and every process that it started with it.
  var report: GuardReport {
    get async { (try? await ended.value) ?? GuardReport("") }
  }

  /// Whether it has ended, and every process that it started with it.
  public var hasEnded: Bool { ended.current != nil }

  /// How much processor time it and its children have had so far; nil if it has ended, or its guard does not answer.
  public var processorTime: Duration? {
    get async { hasEnded ? nil : await control.processorTime() }
  }

  /// What it has printed so far, the middle left out if that was longer than the limit.
  public var standardOutput: [UInt8] { output.bytes }

  /// What it has printed to standard error so far, likewise.
  public var standardError: [UInt8] { errors.bytes }

  /// The end of what it printed to standard error, as text.
  /// - Parameter count: at most so many bytes.
  public func standardErrorTail(_ count: Int = 2048) -> String {
    String(decoding: errors.suffix(count), as: UTF8.self)
  }

  /// Asks the command to end (SIGTERM) and returns at once.
  public func terminate() {
    control.sendTerminate()
  }

  /// Kills the command and everything that it started, and returns at once.
  public func kill() {
    control.kill()
    // A guard that somebody has stopped sees nothing before it goes on.
    if !hasEnded { Foundation.kill(processIdentifier, SIGCONT) }
  }

  /// Asks the command to end, and kills it with everything that it started if it does not.
  /// - Parameter grace: how long it has to end by itself.
  /// - Returns: how it ended.
  @discardableResult
  public func stop(grace: Duration) async -> Termination {
    terminate()
    let deadline = Task {
      // Cancelled as soon as the command has ended; killing what has ended does nothing.
      try? await Task.sleep(for: grace)
      kill()
    }
    let result = await termination
    deadline.cancel()
    return result
  }
}
