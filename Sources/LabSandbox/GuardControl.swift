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

  /// What the guard has said of the command's end. The guard itself has to have ended: all that it said is there by then.
  var report: GuardReport {
    state.withLock { state in
      var line = [UInt8](repeating: 0, count: 64)
      let count = recv(state.descriptor, &line, line.count, Int32(MSG_DONTWAIT))
      var report = GuardReport(String(decoding: line.prefix(max(count, 0)), as: UTF8.self))
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
