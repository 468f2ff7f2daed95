// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabModel
import LabNetwork
import Testing

@testable import LabScenario

/// What comes of the connections that nobody accepts.
@Suite struct ServedPortTests {
  @Test func aFloodIsCutAtTheBacklog() async throws {
    let server = try ServedPort("web", Listening(port: 80), after: 0) {}
    var clients: [Int32] = []
    defer { for client in clients { close(client) } }
    for _ in 0..<100 { clients.append(try connect(to: server.hostPort)) }
    try await eventually { server.arrived == 100 && clients.count(where: hasEnded) == 36 }
    let first = try #require(server.arrival(0))
    server.handOver(0)
    #expect(server.arrival(0) == nil)
    // There is room for one again.
    clients.append(try connect(to: server.hostPort))
    try await eventually { server.arrived == 101 }
    #expect(server.arrival(100) != nil)
    let waiting = server.handOverAll()
    #expect(waiting.count == 64)
    for connection in waiting + [first] { connection.abort() }
    try await eventually { clients.allSatisfy(hasEnded) }
  }

  private func connect(to port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // One that the server has reset already has come all the same.
    guard status == 0 || errno == ECONNRESET else { throw LabError(systemCall: "connect") }
    return descriptor
  }

  private func hasEnded(_ descriptor: Int32) -> Bool {
    var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watch, 1, 0) == 1
  }

  private func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(600)
    while !condition() {
      try #require(ContinuousClock.now < deadline)
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
