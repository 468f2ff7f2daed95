// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabCommands

@Suite(.timeLimit(.minutes(30))) struct SignalTests {
  @Test func tellsOfASignalOnceAndRemembersIt() async throws {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    let watch = await SignalWatch([SIGUSR1])
    watch.atFirst { continuation.yield($0) }
    #expect(watch.received == nil)
    kill(getpid(), SIGUSR1)
    var iterator = signals.makeAsyncIterator()
    #expect(await iterator.next() == SIGUSR1)
    #expect(watch.received == SIGUSR1)
    watch.stop()
  }

  @Test func actsOnASignalThatCameBefore() async throws {
    let watch = await SignalWatch([SIGUSR2])
    kill(getpid(), SIGUSR2)
    while watch.received == nil { try await Task.sleep(for: .milliseconds(1)) }
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    watch.atFirst { continuation.yield($0) }
    var iterator = signals.makeAsyncIterator()
    #expect(await iterator.next() == SIGUSR2)
    watch.stop()
  }

  @Test func exitsAsAShellTellsIt() {
    let interruption = Interruption(signal: SIGINT, runFolder: "runs/3-1")
    #expect(interruption.exitCode == 130)
    #expect(interruption.error.remedy?.contains("runs/3-1") == true)
    #expect(Interruption(signal: SIGTERM, runFolder: nil).exitCode == 143)
  }
}
