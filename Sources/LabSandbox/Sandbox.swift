// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Runs commands where they can do no harm and outlive nothing.
///
/// Every command runs under `lab-guard`, which ends it and all that it started as soon as the lab lets go of it or dies in
/// whatever way. With ``Isolation/bubblewrap`` it also runs in namespaces of its own, with a read-only system, a private `/tmp`
/// and no home folder.
public struct Sandbox: Hashable, Sendable {
  /// How a command is kept apart from the host.
  public enum Isolation: Hashable, Sendable {
    /// In a sandbox that bubblewrap sets up.
    case bubblewrap
    /// Not at all, but for limits and an end together with the lab: for who asked for it by name.
    case none
  }

  /// How commands are kept apart from the host.
  public var isolation: Isolation
  /// The absolute path of `lab-guard`.
  public var guardPath: String
  /// The absolute path of `lab-confine`; not used with ``Isolation/none``.
  public var confinePath: String
  /// The absolute path of bubblewrap; not used with ``Isolation/none``.
  public var bubblewrapPath: String

  /// - Parameter isolation: how commands are kept apart from the host.
  /// - Throws: `LabError` if bubblewrap or `lab-guard` is not there. Whether the system lets bubblewrap work is what
  ///   ``availability()`` finds out; a command that it could not set up fails with the same error.
  public init(isolation: Isolation = .bubblewrap) throws {
    self.isolation = isolation
    guardPath = try HelperExecutable.path(named: "lab-guard")
    confinePath = try HelperExecutable.path(named: "lab-confine")
    switch isolation {
    case .none:
      bubblewrapPath = ""
    case .bubblewrap:
      guard let path = HelperExecutable.search("bwrap") else { throw Unavailability.notInstalled.labError }
      bubblewrapPath = path
    }
  }

  /// What stands before each program that a compiler's driver calls, so that the driver ends as that program does where the host or a limit ends it:
  /// see `lab-confine.c`. The path is the one that the command sees.
  public var relay: [String] { [isolation == .none ? confinePath : Self.confinePathInside, "--relay"] }

  /// Runs a command to its end.
  /// - Parameters:
  ///   - command: what to run.
  ///   - timeout: after this it is killed with everything that it started.
  ///   - outputLimit: how many bytes of each output stream are kept; the middle of a longer one is left out.
  /// - Returns: how it ended and what it printed.
  /// - Throws: `LabError` if it could not be started, after more than one try where that may pass; `CancellationError` if the task was cancelled, when
  ///   everything has ended.
  public func run(
    _ command: SandboxedCommand, timeout: Duration, outputLimit: Int = 1 << 20
  ) async throws -> CommandResult {
    do {
      for pause in Self.pauses {
        do {
          return try await runOnce(command, timeout: timeout, outputLimit: outputLimit)
        } catch let error where Self.isPassing(error) {
          // The command has not begun, so that nothing is done twice.
          try await Task.sleep(for: pause)
        }
      }
      return try await runOnce(command, timeout: timeout, outputLimit: outputLimit)
    } catch let unavailability as Unavailability {
      throw unavailability.labError
    }
  }

  /// Whether what kept a command from its beginning may be over in a moment: a guard that cannot be started is one process too many.
  static func isPassing(_ error: any Error) -> Bool {
    (error as? Unavailability)?.isPassing ?? ((error as? LabError)?.code == "process.start")
  }

  /// Runs a command to its end.
  /// - Throws: `Unavailability` if there is no sandbox for it, `LabError` and `CancellationError` as above.
  func runOnce(
    _ command: SandboxedCommand, timeout: Duration, outputLimit: Int = 1 << 20
  ) async throws -> CommandResult {
    let clock = ContinuousClock()
    let begin = clock.now
    let process = try await start(command, outputLimit: outputLimit)
    let isTimedOut = try await withTaskCancellationHandler {
      try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
          _ = await process.termination
          return false
        }
        group.addTask {
          try await Task.sleep(for: timeout)
          process.kill()
          return true
        }
        defer { group.cancelAll() }
        return try await group.next() ?? false
      }
    } onCancel: {
      process.kill()
    }
    let report = await process.report
    try Task.checkCancellation()
    let result = CommandResult(
      termination: isTimedOut ? .timedOut : report.termination, output: process.standardOutput,
      errors: process.standardError, duration: clock.now - begin, processorTime: report.processorTime)
    if result.termination == .notStarted { throw Unavailability(bubblewrapMessage: result.errors) }
    return result
  }

  /// Starts a command that runs until it is stopped.
  /// - Parameters:
  ///   - command: what to run.
  ///   - outputLimit: how many bytes of each output stream are kept; the middle of a longer one is left out.
  /// - Returns: the running command. It ends when that value goes away. Where the lab runs as root, what the command may write to belongs to another
  ///   user from now on; see ``returnToLab(_:)``.
  /// - Throws: `LabError` if it could not be started.
  public func start(_ command: SandboxedCommand, outputLimit: Int = 64 << 10) async throws -> SandboxedProcess {
    if isolation == .bubblewrap, let user = SandboxUser.current {
      for bind in command.binds where bind.isWritable || PrivateDirectory.isOne(bind.path) { try user.take(bind.path) }
    }
    return try await SandboxedProcess(
      commandLine: commandLine(for: command), environment: command.environment,
      workingDirectory: isolation == .none ? command.workingDirectory : "/", outputLimit: outputLimit)
  }
}

extension Sandbox {
  /// Returns a path at which a command can read a file of the caller's: the file itself, or a copy where the command runs as a user who may not read it.
  /// - Parameters:
  ///   - path: the file's absolute path.
  ///   - folder: where a copy goes; it has the file's name.
  /// - Throws: `LabError` if it cannot be copied.
  public static func readable(_ path: String, in folder: PrivateDirectory) throws -> String {
    var status = stat()
    guard SandboxUser.current != nil, stat(path, &status) == 0, status.st_mode & S_IROTH == 0 else { return path }
    let copy = "\(folder.path)/readable/\(URL(fileURLWithPath: path).lastPathComponent)"
    do {
      try FileManager.default.createDirectory(
        atPath: folder.path + "/readable", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
      try FileManager.default.copyItem(atPath: path, toPath: copy)
    } catch {
      throw LabError(
        code: "output.unwritable", message: "cannot copy \(path) to \(folder.path): \(error.localizedDescription)",
        remedy: "check that there is room in the folder for temporary files (TMPDIR)")
    }
    chmod(copy, 0o644)
    return copy
  }

  /// Makes a file that a command was allowed to write to the lab's own again, when the command has ended.
  /// - Parameter path: its absolute path; a link is not followed.
  public static func returnToLab(_ path: String) {
    if SandboxUser.current != nil { _ = lchown(path, geteuid(), getegid()) }
  }
}

/// How a command ended and what it printed.
public struct CommandResult: Sendable {
  /// How it ended.
  public var termination: Termination
  /// Its standard output, its middle left out if it was longer than the limit.
  public var output: [UInt8]
  /// Its standard error, likewise.
  public var errors: [UInt8]
  /// The wall time it took, set-up included.
  public var duration: Duration
  /// The processor time of all its processes.
  public var processorTime: Duration = .zero

  /// Whether it exited with status 0.
  public var isSuccess: Bool { termination == .exited(0) }
}
