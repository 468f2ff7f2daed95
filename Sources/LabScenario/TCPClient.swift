// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabModel

/// A TCP client that the lab plays: a socket of the host whose connection libslirp carries on to the device.
final class TCPClient: Sendable {
  /// The client's port, which is also the source port that the device sees.
  let port: UInt16
  private let stream: SocketStream
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
  ) throws -> TCPClient {
    let connection = try LoopbackConnection(port: hostPort)
    return TCPClient(connection, received: received)
  }

  private init(_ connection: LoopbackConnection, received: @escaping @Sendable ([UInt8]?) async -> Void) {
    port = connection.localPort
    let stream = connection.stream
    self.stream = stream
    reader = Task {
      while let chunk = await stream.next() { await received(chunk.bytes) }
      await received(nil)
    }
  }

  /// Sends bytes.
  /// - Throws: `LabError` if the connection is gone.
  func send(_ bytes: [UInt8]) async throws {
    try await stream.send(bytes)
  }

  /// Ends sending (FIN) and goes on receiving.
  func halfClose() {
    stream.finishSending()
  }

  /// Closes in good order (FIN).
  func close() async {
    stream.close()
    await reader.value
  }

  /// Aborts (RST).
  func reset() async {
    stream.abort()
    await reader.value
  }
}
