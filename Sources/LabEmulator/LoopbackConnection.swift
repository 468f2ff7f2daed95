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
  /// - Parameters:
  ///   - port: the port on 127.0.0.1.
  ///   - taken: ports that the connection's own must not be.
  ///   - prepare: called with the connection's own port before it connects.
  /// - Throws: `LabError` if nobody listens there; what `prepare` throws.
  public init(
    port: UInt16, avoiding taken: Set<UInt16> = [], prepare: @Sendable (UInt16) async throws -> Void
  ) async throws {
    let (descriptor, localPort) = try Self.boundSocket(avoiding: taken)
    do {
      try await prepare(localPort)
      try Self.connect(descriptor, to: port)
    } catch {
      close(descriptor)
      throw error
    }
    self.localPort = localPort
    stream = SocketStream(descriptor: descriptor)
  }

  /// Connects. What is sent is not held back to be sent together (`TCP_NODELAY`).
  /// - Parameter port: the port on 127.0.0.1.
  /// - Throws: `LabError` if nobody listens there.
  public init(port: UInt16) throws {
    let (descriptor, localPort) = try Self.boundSocket()
    do {
      try Self.connect(descriptor, to: port)
    } catch {
      close(descriptor)
      throw error
    }
    self.localPort = localPort
    stream = SocketStream(descriptor: descriptor)
  }

  /// A socket with a port of its own whose two bytes differ: a device that swaps them is to be noticed.
  private static func boundSocket(avoiding taken: Set<UInt16> = []) throws -> (descriptor: Int32, port: UInt16) {
    while true {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard descriptor >= 0 else { throw LabError(systemCall: "socket") }
      do {
        let port = try bindToAnyPort(descriptor)
        if port != port.byteSwapped, !taken.contains(port) { return (descriptor, port) }
      } catch {
        close(descriptor)
        throw error
      }
      close(descriptor)
    }
  }

  private static func bindToAnyPort(_ descriptor: Int32) throws -> UInt16 {
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
      }
    }
    guard status == 0 else { throw LabError(systemCall: "bind") }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func connect(_ descriptor: Int32, to port: UInt16) throws {
    var address = loopback(port: port)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Foundation.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw LabError(systemCall: "connect") }
    var isOn: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
  }
}
