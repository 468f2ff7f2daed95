// SPDX-License-Identifier: Apache-2.0
import FlyingSocks
import Foundation
import LabModel

/// A TCP client that the lab plays: a socket of the host whose connection libslirp carries on to the device.
final class TCPClient: Sendable {
  /// The client's port, which is also the source port that the device sees.
  let port: UInt16
  private let socket: AsyncSocket
  private let reader: Task<Void, Never>

  /// Connects to a forwarded port.
  ///
  /// libslirp accepts before the device has answered, so that this returns says nothing about the device.
  /// - Parameters:
  ///   - hostPort: the port on 127.0.0.1 that leads to the device.
  ///   - received: called with what arrives, and with nil when the stream has ended.
  /// - Throws: `LabError` if the host refuses: then the network process is not there.
  static func connect(
    hostPort: UInt16, received: @escaping @Sendable ([UInt8]?) async -> Void
  ) async throws -> TCPClient {
    do {
      let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: hostPort)
      let socket = try await AsyncSocket.connected(to: address)
      try socket.socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
      guard case .ip4(_, let port) = try socket.socket.sockname() else {
        throw SocketError.unsupportedAddress
      }
      return TCPClient(socket: socket, port: port, received: received)
    } catch let error as SocketError {
      throw LabError(code: "peer.connect", message: "the lab's own network does not answer: \(error)")
    }
  }

  private init(socket: AsyncSocket, port: UInt16, received: @escaping @Sendable ([UInt8]?) async -> Void) {
    self.socket = socket
    self.port = port
    reader = Task {
      while let bytes = try? await socket.read(atMost: 4096), !bytes.isEmpty {
        await received(bytes)
      }
      await received(nil)
    }
  }

  /// Sends bytes.
  /// - Throws: `SocketError` if the connection is gone.
  func send(_ bytes: [UInt8]) async throws {
    try await socket.write(Data(bytes))
  }

  /// Ends sending (FIN) and goes on receiving.
  func halfClose() {
    shutdown(socket.socket.file.rawValue, Int32(SHUT_WR))
  }

  /// Closes in good order (FIN).
  func close() async {
    halfClose()
    await end()
  }

  /// Aborts (RST).
  func reset() async {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      socket.socket.file.rawValue, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    await end()
  }

  /// Stops reading before the descriptor is closed, so that its number is never read as another socket's.
  private func end() async {
    reader.cancel()
    await reader.value
    try? socket.close()
  }
}
