// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import LabEmulator

/// How the lab's side of a TCP connection ends.
@Suite(.timeLimit(.minutes(120))) struct ClosingTests {
  /// The lab's side of a connection, and the other side's descriptor.
  private func pair() async throws -> (SocketStream, LoopbackListener, Int32) {
    let arrived = Mutex<SocketStream?>(nil)
    let listener = try LoopbackListener { stream in arrived.withLock { $0 = stream } }
    let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = listener.port.bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(far, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
    let deadline = ContinuousClock.now + .seconds(600)
    while true {
      if let stream = arrived.withLock({ $0 }) { return (stream, listener, far) }
      try #require(ContinuousClock.now < deadline)
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Linux sends RST where a socket is closed in which something is left to read.
  @Test func oneThatIsClosedWithBytesNobodyHasTakenEndsInGoodOrder() async throws {
    var (stream, listener, far): (SocketStream?, LoopbackListener, Int32) = try await pair()
    defer { close(far) }
    // As much as goes in: the stream reads ahead to its bound, the rest stays in the kernel.
    let block = [UInt8](repeating: 0x78, count: 64 << 10)
    var sent = 0
    while true {
      let count = send(far, block, block.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
      if count > 0 { sent += count } else if sent >= 512 << 10 { break }
      if count <= 0 { try await Task.sleep(for: .milliseconds(5)) }
      if sent > 1 << 20 { break }
    }
    stream?.close()
    stream = nil
    listener.close()
    var byte: UInt8 = 0
    #expect(recv(far, &byte, 1, 0) == 0, "errno \(errno)")
  }

  @Test func oneThatIsAbortedResets() async throws {
    let (stream, listener, far) = try await pair()
    defer { close(far) }
    stream.abort()
    listener.close()
    var byte: UInt8 = 0
    #expect(recv(far, &byte, 1, 0) == -1 && errno == ECONNRESET)
  }
}
