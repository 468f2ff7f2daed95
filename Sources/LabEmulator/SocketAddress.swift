// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Addresses of TCP sockets on 127.0.0.1.
enum SocketAddress {
  /// Gives a socket a port that the kernel chooses.
  /// - Returns: the port.
  static func bindToAnyPort(_ descriptor: Int32) throws -> UInt16 {
    guard with(port: 0, { bind(descriptor, $0, $1) }) == 0 else { throw LabError(systemCall: "bind") }
    return try port(of: descriptor)
  }

  /// Connects a socket to a port.
  static func connect(_ descriptor: Int32, to port: UInt16) throws {
    guard with(port: port, { Foundation.connect(descriptor, $0, $1) }) == 0 else {
      throw LabError(systemCall: "connect")
    }
  }

  /// The port of a socket's own; 0 while it has none.
  static func port(of descriptor: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard status == 0 else { throw LabError(systemCall: "getsockname") }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Has what is sent on a connection not held back to be sent together with what follows.
  static func sendAtOnce(_ descriptor: Int32) {
    var isOn: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func with(port: UInt16, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}
