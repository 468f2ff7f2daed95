// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Synchronization

/// The lab's end of the socket on which a guard takes orders, sees that the lab lives, and says in the end what came of its command.
final class GuardControl: Sendable {
  private struct State {
    var descriptor: Int32
    /// The guard has been ordered to kill everything.
    var isKilling = false
    /// What it has said so far, without what has been made use of.
    var heard = ""

    /// Reads what the guard has sent since the last call.
    mutating func hear() {
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      if count > 0 { heard += String(decoding: bytes.prefix(count), as: UTF8.self) }
    }

    /// The first line that is, or is not, an answer about processor time.
    mutating func take(_ isAnswer: Bool) -> String? {
      var lines = heard.split(separator: "\n", omittingEmptySubsequences: false)
      guard let index = lines.dropLast().firstIndex(where: { $0.hasPrefix("used ") == isAnswer }) else { return nil }
      let line = String(lines.remove(at: index))
      heard = lines.joined(separator: "\n")
      return line
    }
  }

  private let state: Mutex<State>

  private init(descriptor: Int32) {
    state = Mutex(State(descriptor: descriptor))
  }

  deinit {
    state.withLock { _ = Foundation.close($0.descriptor) }
  }

  /// Makes a connected pair.
  /// - Returns: the lab's end and the descriptor for the guard, which the caller closes.
  static func make() throws -> (GuardControl, guardEnd: Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw LabError(systemCall: "socketpair")
    }
    return (GuardControl(descriptor: ends[0]), ends[1])
  }

  /// Orders the guard to ask the command to end.
  func sendTerminate() {
    state.withLock { state in
      // A guard that is gone has nothing to end: the error is of no interest, and no SIGPIPE may come of it.
      _ = send(state.descriptor, "t", 1, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }

  /// Orders the guard to kill everything. It takes the end of the stream for that order, as it would the lab's death.
  func kill() {
    state.withLock { state in
      state.isKilling = true
      shutdown(state.descriptor, Int32(SHUT_WR))
    }
  }

  /// How much processor time the command and all its children have had.
  /// - Parameter patience: how long the guard may take to answer.
  /// - Returns: nil if it does not answer.
  func processorTime(within patience: Duration = .seconds(10)) async -> Duration? {
    state.withLock { _ = send($0.descriptor, "u", 1, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) }
    let deadline = ContinuousClock.now + patience
    while ContinuousClock.now < deadline, !Task.isCancelled {
      let answer = state.withLock { state in
        state.hear()
        return state.take(true)
      }
      if let answer { return GuardReport(answer).processorTime }
      try? await Task.sleep(for: .milliseconds(2))
    }
    return nil
  }

  /// What the guard has said of the command's end. The guard itself has to have ended: all that it said is there by then.
  var report: GuardReport {
    state.withLock { state in
      state.hear()
      var report = GuardReport(state.take(false) ?? "")
      if report.termination == .lost, state.isKilling { report.termination = .signalled(SIGKILL) }
      return report
    }
  }
}

extension LabError {
  /// A failed system call, with the reason in `errno`.
  /// - Parameter systemCall: its name.
  public init(systemCall: String) {
    let reason = String(cString: strerror(errno))
    self.init(code: "system.\(systemCall)", message: "\(systemCall): \(reason)")
  }
}
