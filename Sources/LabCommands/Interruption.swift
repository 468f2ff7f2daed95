// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import LabModel
import Synchronization

/// The end of a run, or of several, that a signal asked for.
struct Interruption: Error {
  /// The signal.
  var signal: Int32
  /// What the caller reads.
  var error: LabError

  /// - Parameters:
  ///   - signal: the signal.
  ///   - message: what did not come about.
  ///   - remedy: where what was recorded is, or how to go on.
  init(signal: Int32, message: String, remedy: String?) {
    self.signal = signal
    error = LabError(code: "run.interrupted", message: message, remedy: remedy)
  }

  /// The end of a run.
  /// - Parameters:
  ///   - signal: the signal.
  ///   - runFolder: where what was recorded is, as the caller knows it.
  init(signal: Int32, runFolder: String?) {
    self.init(
      signal: signal, message: "stopped before there was a verdict",
      remedy: runFolder.map { "What was recorded until then is in \($0)" })
  }

  /// 128 and the signal's number, as a shell reports it: 130 for Ctrl-C.
  var exitCode: Int32 { 128 + signal }
}

/// Turns SIGINT, SIGTERM and SIGHUP into the call of an action; a second one ends the process at once.
///
/// Signals are dealt with on a queue of their own, which has a thread whatever the tasks of the process compute.
final class SignalWatch {
  /// What has come, and what is to be done about it.
  private final class State: Sendable {
    struct Values {
      var signal: Int32?
      /// Whether no more is watched for.
      var isOver = false
      var action: (@Sendable (Int32) -> Void)?
    }

    let values = Mutex(Values())

    func received(_ number: Int32) {
      let (isFirst, action) = values.withLock { values in
        let isFirst = values.signal == nil
        if isFirst { values.signal = number }
        return (isFirst, values.action)
      }
      // The children end by themselves when this process is gone.
      guard isFirst else { _exit(128 + number) }
      action?(number)
    }
  }

  private let state = State()
  private let queue = DispatchQueue(label: "signals")
  private let sources: [Int32: any DispatchSourceSignal]

  /// The signals that end a run. One under nohup outlives its terminal.
  static var usual: [Int32] { [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) }

  /// Begins to watch. From its return on no signal is lost; until then each has its usual effect.
  /// - Parameter numbers: the signals.
  init(_ numbers: [Int32] = SignalWatch.usual) async {
    let queue = queue
    sources = Dictionary(
      uniqueKeysWithValues: numbers.map { ($0, DispatchSource.makeSignalSource(signal: $0, queue: queue)) })
    for (number, source) in sources {
      source.setEventHandler { [state] in state.received(number) }
      // Activating a source only begins to register it.
      await withCheckedContinuation { registered in
        source.setRegistrationHandler { registered.resume() }
        source.activate()
      }
      #if canImport(Darwin)
        // Here the source only listens in; on Linux it takes the signal for itself.
        signal(number, SIG_IGN)
      #endif
    }
  }

  /// Sets what is done at the first signal; it is done at once if that has come already.
  func atFirst(_ action: @escaping @Sendable (Int32) -> Void) {
    let signal = state.values.withLock { values in
      values.action = action
      return values.signal
    }
    if let signal { action(signal) }
  }

  /// The signal that came, if one did.
  var received: Int32? { state.values.withLock { $0.signal } }

  /// What the caller reads at the first signal.
  static func notice(of signal: Int32) -> String {
    "lab: stopping\(signal == SIGINT ? "; press Ctrl-C again to stop at once" : "")\n"
  }

  /// Does work that the first signal cancels.
  /// - Parameters:
  ///   - numbers: the signals.
  ///   - patience: how long the work may take to end once it has been cancelled.
  ///   - giveUp: called on a separate thread if the work has not ended by then (default: ends the process).
  ///   - action: called at the first signal.
  ///   - work: the work.
  /// - Returns: what came of it, and the signal that came, if one did.
  static func run<Value: Sendable>(
    _ numbers: [Int32] = usual, patience: Duration = .seconds(30),
    giveUp: @escaping @Sendable (Int32) -> Void = SignalWatch.giveUp,
    atFirst action: @escaping @Sendable (Int32) -> Void, _ work: @escaping @Sendable () async throws -> Value
  ) async -> (Result<Value, any Error>, signal: Int32?) {
    let signals = await SignalWatch(numbers)
    let task = Task { try await work() }
    let (queue, state) = (signals.queue, signals.state)
    signals.atFirst { signal in
      action(signal)
      task.cancel()
      queue.asyncAfter(deadline: .now() + patience / .seconds(1)) {
        if !state.values.withLock({ $0.isOver }) { giveUp(signal) }
      }
    }
    let outcome = await task.result
    signals.stop()
    return (outcome, signals.received)
  }

  /// Ends the process. What it has started ends with it, as at a second signal; a later run removes the folders that it leaves in the one for temporary files.
  private static func giveUp(_ signal: Int32) {
    FileHandle.standardError.write(Data("lab: what was under way did not end in time and was left\n".utf8))
    _exit(128 + signal)
  }

  /// Gives the signals back their usual effect.
  func stop() {
    state.values.withLock { $0.isOver = true }
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    let handler = signal(number, SIG_IGN)
    signal(number, handler)
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
