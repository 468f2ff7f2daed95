// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// A Unix socket that waits for one connection.
public final class UnixListener: Sendable {
  private let descriptor: Int32
  private let path: String

  /// Listens.
  /// - Parameter path: where, in a folder that only this user and sandboxes enter; at most 107 bytes. Nothing may be there yet.
  public init(path: String) throws {
    var address = sockaddr_un()
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else {
      throw LabError(
        code: "socket.path", message: "the path of a socket is too long: \(path)", remedy: "set TMPDIR=/tmp")
    }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw LabError(systemCall: "socket") }
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    // The folder decides who comes near it; in it, what runs in a sandbox may be another user.
    guard status == 0, chmod(path, 0o666) == 0, listen(descriptor, 1) == 0 else {
      let error = LabError(systemCall: "bind")
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// Waits for the connection.
  /// - Parameters:
  ///   - timeout: for how long.
  ///   - isHopeless: says that there is no use in waiting any longer.
  /// - Returns: the connection; `nil` if the task was cancelled, or `timeout` passed first, or there is no hope.
  public func accept(timeout: Duration, unless isHopeless: () -> Bool = { false }) async throws -> SocketStream? {
    try await acceptDescriptor(timeout: timeout, unless: isHopeless).map { SocketStream(descriptor: $0) }
  }

  /// Waits for the connection over which the network process hands out sockets.
  /// - Parameters: as those of `accept(timeout:unless:)`.
  /// - Returns: the source of sockets; `nil` as there.
  public func acceptSource(timeout: Duration, unless isHopeless: () -> Bool = { false }) async throws -> SocketSource? {
    try await acceptDescriptor(timeout: timeout, unless: isHopeless).map { SocketSource(channel: $0) }
  }

  private func acceptDescriptor(timeout: Duration, unless isHopeless: () -> Bool) async throws -> Int32? {
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    // A connection takes milliseconds to come, once: looking every half millisecond beats a thread that cannot be called off.
    while !Task.isCancelled, clock.now < deadline, !isHopeless() {
      var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&watch, 1, 0) > 0 {
        let connection = Foundation.accept(descriptor, nil, nil)
        guard connection >= 0 else { throw LabError(systemCall: "accept") }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        return connection
      }
      try? await Task.sleep(for: .microseconds(500))
    }
    return nil
  }
}
