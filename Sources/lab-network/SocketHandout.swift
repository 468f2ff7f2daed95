// SPDX-License-Identifier: Apache-2.0

import CDescriptors
import Glibc

/// Gives the lab sockets of this process's network namespace, in which the forwarded ports are and the device's peers have to be.
final class SocketHandout {
  /// The connection to the lab; nil when it is gone.
  private(set) var descriptor: Int32?

  /// - Parameter path: the unix socket on which the lab waits.
  init(_ path: String) throws {
    descriptor = try Sockets.connect(to: path)
  }

  deinit {
    if let descriptor { close(descriptor) }
  }

  /// Answers one request, which is a byte of any value, with a new TCP socket; without one where there is none left.
  func answer() {
    guard let descriptor else { return }
    var request: UInt8 = 0
    let count = read(descriptor, &request, 1)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    guard count == 1 else { return end() }
    let new = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    // The lab asks for one at a time: its answer finds room.
    if lab_send_descriptor(descriptor, new) != 0 { end() }
    if new >= 0 { close(new) }
  }

  private func end() {
    if let descriptor { close(descriptor) }
    descriptor = nil
  }
}
