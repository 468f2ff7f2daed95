// SPDX-License-Identifier: Apache-2.0
import CDescriptors
import Foundation
import LabModel
import Testing

@testable import LabEmulator

/// The lab's end of the connection over which sockets come, with the test in the place of the network process.
@Suite struct SocketSourceTests {
  private let source: SocketSource
  private let channel: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends)
    source = SocketSource(channel: ends[0])
    channel = ends[1]
  }

  /// Has the network process answer with a descriptor, which is closed then; nil for none.
  private func answer(with descriptor: Int32?) {
    #expect(lab_send_descriptor(channel, descriptor ?? -1) == 0)
    if let descriptor { close(descriptor) }
  }

  private func expectRefusal(_ reason: String) {
    let error = #expect(throws: LabError.self) { try source.makeSocket() }
    #expect(error?.code == "network.sockets")
    #expect(error?.message.hasSuffix(reason) == true, "\(String(describing: error))")
  }

  private func tcpSocket() -> Int32 { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }

  @Test func givesWhatIsHandedOut() async throws {
    answer(with: tcpSocket())
    answer(with: tcpSocket())
    let listener = try LoopbackListener(of: source) { $0.close() }
    let connection = try await LoopbackConnection(port: listener.port, of: source)
    #expect(await connection.stream.next() == nil)
    var requests: [UInt8] = [9, 9, 9]
    #expect(recv(channel, &requests, 3, Int32(MSG_DONTWAIT)) == 2)
    close(channel)
  }

  @Test func programsDoNotInheritIt() throws {
    answer(with: tcpSocket())
    let descriptor = try source.makeSocket()
    #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
    close(descriptor)
    close(channel)
  }

  @Test func refusesWhatIsNoNewTCPSocket() throws {
    let bound = tcpSocket()
    _ = try SocketAddress.bindToAnyPort(bound)
    let listening = tcpSocket()
    #expect(listen(listening, 1) == 0)
    let others = [
      bound, listening, socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0), socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0),
      socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0), open("/dev/null", O_RDWR),
    ]
    for descriptor in others {
      #expect(descriptor >= 0)
      answer(with: descriptor)
      expectRefusal("what it handed out is no new socket")
    }
    close(channel)
  }

  @Test func saysThatThereIsNone() {
    answer(with: nil)
    expectRefusal("Bad message")
    close(channel)
    expectRefusal("Broken pipe")
  }
}
