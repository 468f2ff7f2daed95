// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A TCP socket that listens on a port of 127.0.0.1 that the kernel chose.
public final class LoopbackListener: Sendable {
  /// The port.
  public let port: UInt16
  private let socket: ListeningSocket

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
    let socket = ListeningSocket(descriptor: descriptor)
    self.socket = socket
    Thread.detachNewThread { Self.acceptAll(socket, accepted) }
  }

  deinit {
    close()
  }

  /// Stops listening: further connections are refused.
  public func close() {
    // The thread wakes up from accept(2), and ends.
    shutdown(socket.descriptor, Int32(SHUT_RDWR))
  }

  private static func acceptAll(_ socket: ListeningSocket, _ accepted: (SocketStream) -> Void) {
    while true {
      let connection = accept(socket.descriptor, nil, nil)
      if connection >= 0 {
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        SocketAddress.sendAtOnce(connection)
        accepted(SocketStream(descriptor: connection))
      } else if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
        // It waits in the socket's queue until there is room again.
        usleep(10_000)
      } else if errno != EINTR, errno != ECONNABORTED {
        break
      }
    }
  }
}

/// A descriptor that is closed when neither the listener nor its thread needs it any more: its number is nobody else's until then.
private final class ListeningSocket: Sendable {
  let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    Foundation.close(descriptor)
  }
}
