// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Synchronization

/// The lab's end of the socket on which a guard takes orders and sees that the lab lives.
final class GuardControl: Sendable {
  private let descriptor: Mutex<Int32?>

  private init(descriptor: Int32) {
    self.descriptor = Mutex(descriptor)
  }

  deinit {
    close()
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
    descriptor.withLock { descriptor in
      guard let descriptor else { return }
      // A guard that is gone has nothing to end: the error is of no interest, and no SIGPIPE may come of it.
      _ = send(descriptor, "t", 1, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }

  /// Orders the guard to kill everything.
  func close() {
    descriptor.withLock { descriptor in
      if let open = descriptor { Foundation.close(open) }
      descriptor = nil
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
