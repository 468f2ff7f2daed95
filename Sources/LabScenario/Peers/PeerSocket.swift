// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// A socket of the host that a peer of the lab plays on: libslirp carries its connection on to the device.
final class PeerSocket: Sendable {
  private let stream: SocketStream
  private let reader: Task<Void, Never>

  /// - Parameters:
  ///   - stream: the connection.
  ///   - received: called with what arrives, and with nil when the stream has ended.
  init(_ stream: SocketStream, received: @escaping @Sendable ([UInt8]?) async -> Void) {
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
