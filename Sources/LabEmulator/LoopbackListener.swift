// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A TCP socket that listens on a port of 127.0.0.1 that the kernel chose.
public final class LoopbackListener: Sendable {
  /// The port.
  public let port: UInt16
  private let descriptor: Int32

  /// Listens.
  /// - Parameter accepted: called for each connection, on a thread of the listener's own.
  /// - Throws: `LabError` if the host has no socket or port left.
  public init(accepted: @escaping @Sendable (SocketStream) -> Void) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LabError(systemCall: "socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
      }
    }
    guard status == 0, listen(descriptor, 64) == 0 else {
      let error = LabError(systemCall: "listen")
      Foundation.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
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
        var isOn: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        accepted(SocketStream(descriptor: connection))
      } else if errno != EINTR, errno != ECONNABORTED {
        break
      }
    }
    Foundation.close(descriptor)
  }
}
