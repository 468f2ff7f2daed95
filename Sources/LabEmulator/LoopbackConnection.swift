// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A TCP connection to a port of 127.0.0.1.
public struct LoopbackConnection: Sendable {
  /// The connection's own port.
  public let localPort: UInt16
  /// What goes through it.
  public let stream: SocketStream

  /// Connects. What is sent is not held back to be sent together (`TCP_NODELAY`).
  /// - Parameters:
  ///   - port: the port on 127.0.0.1.
  ///   - source: whose 127.0.0.1 it is; nil for the host's.
  ///   - taken: ports that the connection's own must not be.
  ///   - prepare: called with the connection's own port before it connects.
  /// - Throws: `LabError` if nobody listens there; what `prepare` throws.
  public init(
    port: UInt16, of source: SocketSource? = nil, avoiding taken: Set<UInt16> = [],
    prepare: @Sendable (UInt16) async throws -> Void = { _ in }
  ) async throws {
    let (descriptor, localPort) = try Self.boundSocket(of: source, avoiding: taken)
    do {
      try await prepare(localPort)
      try SocketAddress.connect(descriptor, to: port)
    } catch {
      close(descriptor)
      throw error
    }
    SocketAddress.sendAtOnce(descriptor)
    self.localPort = localPort
    stream = SocketStream(descriptor: descriptor)
  }

  /// A socket with a port of its own whose two bytes differ: a device that swaps them is to be noticed.
  private static func boundSocket(
    of source: SocketSource?, avoiding taken: Set<UInt16>
  ) throws -> (descriptor: Int32, port: UInt16) {
    while true {
      let descriptor = try source.makeSocket()
      do {
        let port = try SocketAddress.bindToAnyPort(descriptor)
        if port != port.byteSwapped, !taken.contains(port) { return (descriptor, port) }
      } catch {
        close(descriptor)
        throw error
      }
      close(descriptor)
    }
  }
}
