// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A call of the system that failed, in words.
struct SystemError: Error, CustomStringConvertible {
  var description: String

  init(_ what: String, code: Int32 = errno) {
    description = "\(what): \(String(cString: strerror(code)))"
  }
}

/// The few things that the process does with sockets.
enum Sockets {
  /// Listens on a new unix socket.
  static func listen(at path: String) throws -> Int32 {
    try withUnixAddress(path) { descriptor, address, length in
      unlink(path)
      guard bind(descriptor, address, length) == 0, Glibc.listen(descriptor, 1) == 0 else {
        throw SystemError("cannot listen at \(path)")
      }
    }
  }

  /// Connects to a unix socket.
  static func connect(to path: String) throws -> Int32 {
    try withUnixAddress(path) { descriptor, address, length in
      guard Glibc.connect(descriptor, address, length) == 0 else { throw SystemError("cannot connect to \(path)") }
    }
  }

  /// The port of a socket on 127.0.0.1 that listens; nil for all other descriptors.
  static func listeningPort(_ descriptor: Int32) -> UInt16? {
    var listens: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0, listens != 0 else { return nil }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Whether a socket listens.
  static func listens(_ descriptor: Int32) -> Bool {
    var listens: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0
  }

  /// Makes calls on a descriptor return at once, and keeps it from programs that this one might start.
  static func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  /// How many bytes the other side of a unix socket has not read yet.
  static func unreadBytes(_ descriptor: Int32) -> Int {
    var count: Int32 = 0
    // SIOCOUTQ, which for sockets is TIOCOUTQ; see unix(7) and <linux/sockios.h>.
    return ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? Int(count) : 0
  }

  private static func withUnixAddress(
    _ path: String, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) throws -> Void
  ) throws -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.isEmpty else {
      throw SystemError("cannot use the socket path \(path)", code: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw SystemError("cannot make a socket") }
    do {
      try withUnsafePointer(to: address) { pointer in
        try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          try body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    } catch {
      close(descriptor)
      throw error
    }
    setNonBlocking(descriptor)
    return descriptor
  }
}
