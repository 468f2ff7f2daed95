// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import LabModel
import Synchronization

/// The end of a run that a signal asked for.
struct Interruption: Error {
  /// The signal.
  var signal: Int32
  /// Where what was recorded is, as the caller knows it.
  var runFolder: String?

  /// 128 and the signal's number, as a shell reports it: 130 for Ctrl-C.
  var exitCode: Int32 { 128 + signal }

  /// What the caller reads.
  var error: LabError {
    LabError(
      code: "run.interrupted", message: "stopped before there was a verdict",
      remedy: runFolder.map { "What was recorded until then is in \($0)" })
  }
}

/// Turns SIGINT, SIGTERM and SIGHUP into the cancellation of a task; a second one ends the process at once.
final class SignalWatch {
  /// The first signal that came.
  private final class First: Sendable {
    let signal = Mutex<Int32?>(nil)
  }

  private let first = First()
  private let sources: [Int32: any DispatchSourceSignal]

  /// The signals that end a run. One under nohup outlives its terminal.
  static var usual: [Int32] { [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) }

  /// - Parameters:
  ///   - numbers: the signals.
  ///   - onFirst: called once, at the first of them.
  init(_ numbers: [Int32] = SignalWatch.usual, onFirst: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    sources = Dictionary(
      uniqueKeysWithValues: numbers.map { number in
        // The source sees a signal that the process itself ignores.
        signal(number, SIG_IGN)
        return (number, DispatchSource.makeSignalSource(signal: number, queue: queue))
      })
    for (number, source) in sources {
      source.setEventHandler { [first] in
        let isFirst = first.signal.withLock { received in
          defer { received = received ?? number }
          return received == nil
        }
        // The children end by themselves when this process is gone.
        guard isFirst else { _exit(128 + number) }
        onFirst(number)
      }
      source.activate()
    }
  }

  /// The signal that came, if one did.
  var received: Int32? { first.signal.withLock { $0 } }

  /// Gives the signals back their usual effect.
  func stop() {
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
