// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import LabCommands

@Suite(.timeLimit(.minutes(120))) struct SignalTests {
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

  @Test func cancelsTheWorkAndWaitsForItsEnd() async throws {
    let (outcome, signal) = await SignalWatch.run(
      [SIGURG], patience: .seconds(600), giveUp: { _ in Issue.record("the work ends") }, atFirst: { _ in }
    ) {
      kill(getpid(), SIGURG)
      while !Task.isCancelled { await Task.yield() }
      return "ended"
    }
    #expect(try outcome.get() == "ended")
    #expect(signal == SIGURG)
  }

  private final class Flag: Sendable {
    let isSet = Mutex(false)
  }

  /// Work that looks at nothing, on every thread that tasks have.
  @Test func givesUpWorkThatDoesNotEnd() async throws {
    let flag = Flag()
    let threads = ProcessInfo.processInfo.activeProcessorCount + 1
    let (outcome, _) = await SignalWatch.run(
      [SIGWINCH], patience: .milliseconds(50), giveUp: { _ in flag.isSet.withLock { $0 = true } }, atFirst: { _ in }
    ) {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<threads {
          group.addTask { while !flag.isSet.withLock({ $0 }) { usleep(1000) } }
        }
        kill(getpid(), SIGWINCH)
      }
    }
    #expect((try? outcome.get()) != nil)
    #expect(flag.isSet.withLock { $0 })
  }

  @Test func exitsAsAShellTellsIt() {
    let interruption = Interruption(signal: SIGINT, runFolder: "runs/3-1")
    #expect(interruption.exitCode == 130)
    #expect(interruption.error.remedy?.contains("runs/3-1") == true)
    #expect(Interruption(signal: SIGTERM, runFolder: nil).exitCode == 143)
  }
}
