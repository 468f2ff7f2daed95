// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabEmulator

@Suite struct LoopbackConnectionTests {
  private let listener: LoopbackListener

  init() throws {
    listener = try LoopbackListener { $0.close() }
  }

  @Test func itsOwnPortIsNoneOfThoseToAvoid() async throws {
    let taken = Set((UInt16.min...UInt16.max).filter { $0 & 2 == 0 })
    for _ in 0..<50 {
      let connection = try await LoopbackConnection(port: listener.port, avoiding: taken) { port in
        #expect(!taken.contains(port))
      }
      #expect(!taken.contains(connection.localPort))
      connection.stream.close()
    }
  }

  @Test func theBytesOfItsOwnPortDiffer() async throws {
    for _ in 0..<50 {
      let connection = try await LoopbackConnection(port: listener.port)
      #expect(connection.localPort != connection.localPort.byteSwapped)
      connection.stream.close()
    }
  }
}
