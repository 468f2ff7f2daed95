// SPDX-License-Identifier: Apache-2.0
import CDescriptors
import Foundation
import LabModel
import Synchronization

/// Where the lab's peers get their sockets: the network process hands out its own. So they are in its network namespace, where the
/// forwarded ports are, and which no other process of the host reaches.
public final class SocketSource: Sendable {
  /// How long the network process may take to hand one out.
  private static let patience = timeval(tv_sec: 20, tv_usec: 0)

  private let channel: Int32
  /// One request at a time.
  private let turn = Mutex(())

  /// - Parameter channel: a connected unix stream socket, which leads to the network process; owned from now on.
  init(channel: Int32) {
    self.channel = channel
    var patience = Self.patience
    setsockopt(channel, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    close(channel)
  }

  /// A new TCP socket (IPv4), which is not inherited by programs; the caller closes it.
  /// - Throws: `LabError` if the network process gives none, or something else: it has read what a hostile guest sent.
  func makeSocket() throws -> Int32 {
    try turn.withLock { _ in
      var request: UInt8 = 0
      guard send(channel, &request, 1, Int32(MSG_NOSIGNAL)) == 1 else { throw Self.failure() }
      let descriptor = lab_receive_descriptor(channel)
      guard descriptor >= 0 else { throw Self.failure() }
      guard Self.isNewTCPSocket(descriptor) else {
        close(descriptor)
        throw Self.failure("what it handed out is no new socket")
      }
      return descriptor
    }
  }

  private static func failure(_ reason: String = String(cString: strerror(errno))) -> LabError {
    LabError(code: "network.sockets", message: "the network process gives the lab no sockets: \(reason)")
  }

  private static func isNewTCPSocket(_ descriptor: Int32) -> Bool {
    option(SO_DOMAIN, of: descriptor) == AF_INET && option(SO_PROTOCOL, of: descriptor) == Int32(IPPROTO_TCP)
      && option(SO_ACCEPTCONN, of: descriptor) == 0 && !isBound(descriptor)
  }

  private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
  }

  private static func isBound(_ descriptor: Int32) -> Bool {
    (try? SocketAddress.port(of: descriptor)) != 0
  }
}

extension SocketSource? {
  /// A new TCP socket (IPv4), of the host's network where there is no source; the caller closes it.
  func makeSocket() throws -> Int32 {
    if let self { return try self.makeSocket() }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LabError(systemCall: "socket") }
    return descriptor
  }
}
