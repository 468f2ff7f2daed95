// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabEmulator

@Suite(.timeLimit(.minutes(120))) struct SocketStreamTests {
  private func pair() -> (SocketStream, Int32) {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
    return (SocketStream(descriptor: ends[0]), ends[1])
  }

  @Test func stampsBytesInOrder() async throws {
    let (stream, far) = pair()
    let begin = MonotonicClock.now
    for byte in UInt8(0)..<200 {
      var one = byte
      #expect(write(far, &one, 1) == 1)
    }
    close(far)
    var bytes: [UInt8] = []
    var last = begin
    for await chunk in stream {
      #expect(chunk.time >= last)
      last = chunk.time
      bytes += chunk.bytes
    }
    #expect(bytes == Array(0..<200))
  }

  @Test func whatHasArrivedIsNeitherLostNorCountedTwice() async throws {
    let (stream, far) = pair()
    for sent in 1...20_000 {
      var one: UInt8 = 0
      #expect(write(far, &one, 1) == 1)
      // The reading thread takes the byte at some moment between these.
      for _ in 0..<3 { #expect(stream.arrived == sent) }
    }
    close(far)
  }

  @Test func aFloodIsHeldBackAndNothingIsLost() async throws {
    let (stream, far) = pair()
    let total = 32 << 20
    Thread.detachNewThread {
      let block = [UInt8](repeating: 0x78, count: 65536)
      var sent = 0
      while sent < total {
        let count = write(far, block, min(block.count, total - sent))
        guard count > 0 else { break }
        sent += count
      }
      close(far)
    }
    try await eventually { stream.held >= 256 << 10 }
    try await Task.sleep(for: .milliseconds(50))
    #expect(stream.held <= 300 << 10)
    var count = 0
    for await chunk in stream { count += chunk.bytes.count }
    #expect(count == total)
  }

  @Test func sendsInOrderAndWaitsForRoom() async throws {
    let (stream, far) = pair()
    let sending = Task {
      try await stream.send([UInt8](repeating: 1, count: 4 << 20))
      try await stream.send([2])
    }
    let other = SocketStream(descriptor: far)
    var count = 0
    var last: UInt8 = 0
    while last != 2, let chunk = await other.next() {
      count += chunk.bytes.count
      last = chunk.bytes.last ?? 0
    }
    try await sending.value
    #expect(count == (4 << 20) + 1)
    stream.close()
    await #expect(throws: LabError.self) { try await stream.send([3]) }
  }

  @Test func waitingCanBeCalledOff() async throws {
    let (stream, far) = pair()
    let waiting = Task { await stream.next() }
    waiting.cancel()
    #expect(await waiting.value == nil)
    close(far)
    #expect(await stream.next() == nil)
  }

  @Test func nobodyConnects() async throws {
    let run = try TestRun()
    let listener = try UnixListener(path: run.sockets.uart)
    #expect(try await listener.accept(timeout: .milliseconds(5)) == nil)
    #expect(try await listener.accept(timeout: .seconds(60), unless: { true }) == nil)
    #expect(throws: LabError.self) { try UnixListener(path: "/tmp/" + String(repeating: "x", count: 120)) }
  }
}
