// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel

/// Measures a TCP echo.
enum EchoMeasurement {
  /// Sends bytes to an echo server and reads them back, both at once.
  /// - Parameters:
  ///   - stream: a connection to it; closed in the end.
  ///   - bytes: how many bytes to send.
  /// - Returns: bits a second, each byte counted once.
  /// - Throws: `LabError` if what comes back is not what was sent.
  static func bitsPerSecond(_ stream: SocketStream, bytes: Int = 4 << 20) async throws -> Double {
    defer { stream.close() }
    let sent = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let began = ContinuousClock.now
    let writer = Task { try await stream.send(sent) }
    var received: [UInt8] = []
    while received.count < bytes, let chunk = await stream.next() { received += chunk.bytes }
    try await writer.value
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    guard received == sent else { throw LabError(code: "bench.echo", message: "the echo is not what was sent") }
    return Double(bytes) * 8 / seconds
  }
}
