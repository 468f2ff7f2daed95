// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabEmulator

/// The client against a scripted QEMU.
@Suite(.timeLimit(.minutes(120))) struct QMPClientTests {
  private func pair() -> (SocketStream, SocketStream) {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
    return (SocketStream(descriptor: ends[0]), SocketStream(descriptor: ends[1]))
  }

  /// Answers each command by its name.
  private func serve(_ stream: SocketStream, _ answer: @escaping @Sendable (String, Int) -> String?) -> Task<
    Void, any Error
  > {
    Task {
      try await stream.send(Array("{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n".utf8))
      var splitter = LineSplitter()
      for await chunk in stream {
        for line in splitter.split(chunk.bytes) {
          struct Command: Decodable { var execute: String, id: Int }
          let command = try JSONDecoder().decode(Command.self, from: Data(line.bytes))
          if let text = answer(command.execute, command.id) { try await stream.send(Array((text + "\r\n").utf8)) }
        }
      }
    }
  }

  @Test func matchesAnswersToCommands() async throws {
    let (near, far) = pair()
    let client = QMPClient(stream: near)
    let server = serve(far) { name, id in
      switch name {
      case "qmp_capabilities": "{\"return\": {}, \"id\": \(id)}"
      case "qom-get":
        "{\"event\": \"RESET\", \"data\": {\"guest\": true}}\r\n{\"return\": 12345678901234, \"id\": \(id)}"
      default: "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such thing\"}, \"id\": \(id)}"
      }
    }
    try await client.negotiate()
    #expect(try await client.execute("qom-get") == .integer(12_345_678_901_234))
    let error = await #expect(throws: LabError.self) { try await client.execute("dance") }
    #expect(error?.code == "qmp.CommandNotFound")
    var events = client.events.makeAsyncIterator()
    let event = await events.next()
    #expect(event?.name == "RESET")
    #expect(event?.data == .object(["guest": .boolean(true)]))
    client.close()
    far.close()
    try await server.value
  }

  @Test func doesNotWaitForEver() async throws {
    let (near, far) = pair()
    let client = QMPClient(stream: near)
    let server = serve(far) { name, id in name == "stop" ? nil : "{\"return\": {}, \"id\": \(id)}" }
    try await client.negotiate()
    let error = await #expect(throws: LabError.self) { try await client.execute("stop", timeout: .milliseconds(20)) }
    #expect(error?.code == "emulator.silent")
    far.close()
    try await server.value
    let gone = await #expect(throws: LabError.self) { try await client.execute("stop") }
    #expect(gone?.code == "emulator.gone")
  }

  @Test func givesUpOnNonsense() async throws {
    let (near, far) = pair()
    let client = QMPClient(stream: near)
    try await far.send(Array("hello, I am not QEMU\n".utf8))
    let error = await #expect(throws: LabError.self) { try await client.negotiate() }
    #expect(error?.code == "emulator.gone")
    far.close()
  }
}
