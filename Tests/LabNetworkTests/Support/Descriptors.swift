// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A socket that closes itself, with reads that have a deadline.
final class TestSocket {
  struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
  }

  /// How long a test waits for what must come. Never what is measured: just the end of patience.
  static let patience: Int32 = 20_000

  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  static func unixListener(at path: String) throws -> TestSocket {
    let socket = TestSocket(Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    try withUnixAddress(path) { address, length in
      guard bind(socket.descriptor, address, length) == 0, listen(socket.descriptor, 4) == 0 else {
        throw Failure("listening at \(path)")
      }
    }
    return socket
  }

  static func unixClient(to path: String) throws -> TestSocket {
    let socket = TestSocket(Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    try withUnixAddress(path) { address, length in
      guard connect(socket.descriptor, address, length) == 0 else { throw Failure("connecting to \(path)") }
    }
    return socket
  }

  /// A socket on 127.0.0.1: connected when there is a port, else listening on one that the kernel chose.
  static func loopback(connectingTo port: UInt16? = nil) throws -> TestSocket {
    let socket = TestSocket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
    address.sin_port = (port ?? 0).bigEndian
    let result = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return port == nil ? bind(socket.descriptor, address, length) : connect(socket.descriptor, address, length)
      }
    }
    guard result == 0 else { throw Failure("127.0.0.1:\(port ?? 0)") }
    if port == nil { listen(socket.descriptor, 16) }
    return socket
  }

  /// Two unix sockets that are connected to each other.
  static func pair() throws -> (TestSocket, TestSocket) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw Failure("socketpair")
    }
    return (TestSocket(ends[0]), TestSocket(ends[1]))
  }

  /// The port of this end.
  var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  func accept() throws -> TestSocket {
    guard try isReadable(within: Self.patience) else { throw Failure("nobody has connected") }
    let connection = Glibc.accept(descriptor, nil, nil)
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    return TestSocket(connection)
  }

  /// Whether there is something to read, or the end, within so many milliseconds.
  func isReadable(within milliseconds: Int32) throws -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// What has come; empty at the end of the stream.
  func read(within milliseconds: Int32 = patience) throws -> [UInt8] {
    guard try isReadable(within: milliseconds) else { throw Failure("nothing has come") }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw Failure("reading") }
    return Array(bytes[..<count])
  }

  func read(count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = try read()
      guard !more.isEmpty else { throw Failure("the stream has ended after \(bytes.count) bytes") }
      bytes += more
    }
    return bytes
  }

  func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw Failure("writing") }
      rest = rest.dropFirst(count)
    }
  }

  /// Ends the connection with RST.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    shutdownForReset()
  }

  private func shutdownForReset() {
    // Replacing the descriptor closes the socket now and keeps the number for `deinit`.
    let null = open("/dev/null", O_RDONLY)
    dup2(null, descriptor)
    close(null)
  }

  private static func withUnixAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void
  ) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    precondition(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    try withUnsafePointer(to: address) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
