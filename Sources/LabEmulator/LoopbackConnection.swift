// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A TCP connection to a port of this host.
public struct LoopbackConnection: Sendable {
  /// The connection's own port.
  public let localPort: UInt16
  /// What goes through it.
  public let stream: SocketStream

  /// Connects. What is sent is not held back to be sent together (`TCP_NODELAY`).
  /// - Parameter port: the port on 127.0.0.1.
  /// - Throws: `LabError` if nobody listens there.
  public init(port: UInt16) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LabError(systemCall: "socket") }
    do {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          let status = connect(descriptor, address, length)
          return status == 0 ? getsockname(descriptor, address, &length) : status
        }
      }
      guard status == 0 else { throw LabError(systemCall: "connect") }
      var isOn: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
      localPort = UInt16(bigEndian: address.sin_port)
    } catch {
      close(descriptor)
      throw error
    }
    stream = SocketStream(descriptor: descriptor)
  }
}
