// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabEmulator

@Suite(.timeLimit(.minutes(120))) struct LoopbackListenerTests {
  /// A closed listener's descriptor has a number that the next socket gets.
  @Test func oneThatIsClosedLeavesTheNextAlone() async throws {
    for _ in 0..<100 {
      var first: LoopbackListener? = try LoopbackListener { _ in }
      first?.close()
      // The thread of the first may end meanwhile.
      for _ in 0..<20 { await Task.yield() }
      usleep(200)
      let second = try LoopbackListener { _ in }
      first = nil
      // It fails where nobody listens.
      await #expect(throws: Never.self) { try await LoopbackConnection(port: second.port).stream.close() }
      second.close()
    }
  }
}
