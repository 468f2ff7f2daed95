// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A TCP socket that listens on a port of 127.0.0.1 that the kernel chose.
public final class LoopbackListener: Sendable {
  /// The port.
  public let port: UInt16
  private let descriptor: Int32

  /// Listens.
  /// - Parameters:
  ///   - source: whose 127.0.0.1 it is; nil for the host's.
  ///   - accepted: called for each connection, on a thread of the listener's own.
  /// - Throws: `LabError` if there is no socket or port left.
  public init(of source: SocketSource? = nil, accepted: @escaping @Sendable (SocketStream) -> Void) throws {
    let descriptor = try source.makeSocket()
    do {
      port = try SocketAddress.bindToAnyPort(descriptor)
      guard listen(descriptor, 64) == 0 else { throw LabError(systemCall: "listen") }
    } catch {
      Foundation.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    Thread.detachNewThread { Self.acceptAll(descriptor, accepted) }
  }

  deinit {
    close()
  }

  /// Stops listening: further connections are refused.
  public func close() {
    // The thread wakes up from accept(2), and closes.
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private static func acceptAll(_ descriptor: Int32, _ accepted: (SocketStream) -> Void) {
    while true {
      let connection = accept(descriptor, nil, nil)
      if connection >= 0 {
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        SocketAddress.sendAtOnce(connection)
        accepted(SocketStream(descriptor: connection))
      } else if errno != EINTR, errno != ECONNABORTED {
        break
      }
    }
    Foundation.close(descriptor)
  }
}
