// SPDX-License-Identifier: Apache-2.0
import LabModel

extension Sandbox {
  /// How long is waited before each further try of what the host kept from happening.
  public static let pauses: [Duration] = [.milliseconds(200), .seconds(1), .seconds(3)]

  /// Runs a command that answers a question and changes nothing. Where the host ended it, or it came to no end in its time, it is asked again: a busy
  /// computer is no answer.
  /// - Parameters:
  ///   - command: what to run.
  ///   - timeout: how long each try may take.
  ///   - outputLimit: how many bytes of each output stream are kept.
  ///   - pauses: how long is waited before each further try.
  /// - Returns: how it ended and what it printed, the last time.
  /// - Throws: `LabError` if it could not be started; `CancellationError` if the task was cancelled.
  public func ask(
    _ command: SandboxedCommand, timeout: Duration = .seconds(20), outputLimit: Int = 1 << 20,
    pauses: [Duration] = Sandbox.pauses
  ) async throws -> CommandResult {
    var result = try await run(command, timeout: timeout, outputLimit: outputLimit)
    var slow = 0
    for pause in pauses where result.termination.isByHost {
      // One that takes as long again is not held up, but hangs.
      if result.termination == .timedOut { slow += 1 }
      guard slow < 2 else { break }
      try await Task.sleep(for: pause)
      result = try await run(command, timeout: timeout, outputLimit: outputLimit)
    }
    return result
  }
}

extension Termination {
  /// Whether the host ended it: what the command itself would have said is not known.
  public var isByHost: Bool {
    switch self {
    case .signalled(9), .signalled(15), .timedOut, .lost, .notStarted: true
    case .exited, .signalled, .outOfMemory: false
    }
  }
}

extension Termination: CustomStringConvertible {
  /// How it ended, as part of a sentence.
  public var description: String {
    switch self {
    case .exited(let status): "it ended with status \(status)"
    case .signalled(let signal): "it was ended by signal \(signal)"
    case .timedOut: "it did not come to its end in time"
    case .outOfMemory: "it took too much memory"
    case .notStarted: "it did not start"
    case .lost: "it was ended from outside"
    }
  }
}
