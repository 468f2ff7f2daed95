// SPDX-License-Identifier: Apache-2.0

/// A socket that waits for connections. As with `Socket`, copies are the same one.
public struct Listener: Equatable, Sendable {
  /// The socket itself, for its options.
  public let socket: Socket

  /// Listens on a port.
  /// - Parameters:
  ///   - port: 1 to 65535.
  ///   - address: at which of the device's addresses; all of them unless told.
  ///   - backlog: how many connections may wait to be accepted.
  public init(port: UInt16, at address: IPv4Address = .any, backlog: Int32 = 4) throws(SocketError) {
    socket = try Socket()
    do throws(SocketError) {
      // A server that starts again finds connections of its former life on the port.
      try socket.setOption(SOL_SOCKET, Int32(SO_REUSEADDR), to: 1)
      let descriptor = socket.descriptor
      guard SocketAddress(address, port: port).withRaw({ bind(descriptor, $0, $1) }) == 0 else {
        throw SocketError.last("bind")
      }
      guard listen(descriptor, backlog) == 0 else { throw SocketError.last("listen") }
    } catch {
      socket.close()
      throw error
    }
  }

  /// Waits for a connection.
  /// - Returns: a socket of its own for it, and who is at the other end.
  public func accept() throws(SocketError) -> (client: Socket, peer: SocketAddress) {
    let (descriptor, peer) = SocketAddress.filled { lwip_accept(socket.descriptor, $0, $1) }
    guard descriptor >= 0 else { throw .last("accept") }
    return (Socket(descriptor: descriptor), peer)
  }

  /// Stops listening. Connections that have been accepted stay.
  public func close() {
    socket.close()
  }
}
