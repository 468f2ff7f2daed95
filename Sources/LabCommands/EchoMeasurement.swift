// SPDX-License-Identifier: Apache-2.0
import FlyingSocks
import Foundation
import LabModel

/// Measures a TCP echo.
enum EchoMeasurement {
  /// Sends bytes to an echo server and reads them back, both at once.
  /// - Parameters:
  ///   - port: the port on 127.0.0.1.
  ///   - bytes: how many bytes to send.
  /// - Returns: bits a second, each byte counted once.
  /// - Throws: `LabError` if what comes back is not what was sent.
  static func bitsPerSecond(port: UInt16, bytes: Int = 4 << 20) async throws -> Double {
    let socket = try await AsyncSocket.connected(to: try sockaddr_in.inet(ip4: "127.0.0.1", port: port))
    defer { try? socket.close() }
    let sent = Data((0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
    let began = ContinuousClock.now
    let writer = Task { try await socket.write(sent) }
    var received = Data()
    while received.count < bytes {
      let chunk = try await socket.read(atMost: 1 << 16)
      guard !chunk.isEmpty else { break }
      received.append(contentsOf: chunk)
    }
    try await writer.value
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    guard received == sent else { throw LabError(code: "bench.echo", message: "the echo is not what was sent") }
    return Double(bytes) * 8 / seconds
  }
}
