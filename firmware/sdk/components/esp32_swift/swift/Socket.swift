// SPDX-License-Identifier: Apache-2.0

/// A TCP socket. It is a number, as in C: copies are the same socket, and `close()` has to be called once.
public struct Socket: Equatable, Sendable {
  /// The number that the C functions take.
  public let descriptor: Int32

  /// Takes a socket that another call has made.
  public init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Makes a socket that is not connected.
  public init() throws(SocketError) {
    descriptor = socket(AF_INET, SOCK_STREAM, IPPROTO_IP)
    guard descriptor >= 0 else { throw .last("socket") }
  }

  /// Connects a new socket; when that fails, it is closed again.
  public init(connectedTo address: SocketAddress) throws(SocketError) {
    try self.init()
    do throws(SocketError) {
      try connect(to: address)
    } catch {
      close()
      throw error
    }
  }

  /// Connects. A socket that this failed for cannot be used again.
  public func connect(to address: SocketAddress) throws(SocketError) {
    guard address.withRaw({ lwip_connect(descriptor, $0, $1) }) == 0 else { throw .last("connect") }
  }

  /// Receives what is there, waiting until there is something: TCP is a stream, so this may be part of what the other end
  /// sent at once, or more.
  /// - Returns: how many bytes are now at the beginning of the buffer; 0 when the other end has closed.
  public func receive(into buffer: UnsafeMutableRawBufferPointer) throws(SocketError) -> Int {
    let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
    guard count >= 0 else { throw .last("recv") }
    return Int(count)
  }

  /// Receives what is there, waiting until there is something.
  /// - Parameter limit: how many bytes at most.
  /// - Returns: at least one byte; none when the other end has closed.
  public func receive(atMost limit: Int = 128) throws(SocketError) -> [UInt8] {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
      count = Int(recv(descriptor, buffer.baseAddress, limit, 0))
      used = max(count, 0)
    }
    guard count >= 0 else { throw .last("recv") }
    return bytes
  }

  /// Hands bytes to TCP, waiting until it takes some.
  /// - Returns: how many it took, which may be fewer.
  public func sendSome(_ bytes: UnsafeRawBufferPointer) throws(SocketError) -> Int {
    let count = lwip_send(descriptor, bytes.baseAddress, bytes.count, 0)
    guard count >= 0 else { throw .last("send") }
    return Int(count)
  }

  /// Sends all of the bytes.
  public func send(_ bytes: UnsafeRawBufferPointer) throws(SocketError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(try sendSome(UnsafeRawBufferPointer(rebasing: rest)))
    }
  }

  /// Sends all of the bytes.
  public func send(_ bytes: some Sequence<UInt8>) throws(SocketError) {
    try Array(bytes).withUnsafeBufferPointer { buffer throws(SocketError) in
      try send(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Sends a text as UTF-8, without a `'\0'` at its end.
  public func send(_ text: StaticString) throws(SocketError) {
    try send(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Sends a text as UTF-8.
  @_disfavoredOverload
  public func send(_ text: String) throws(SocketError) {
    try send(text.utf8)
  }

  /// Tells the other end that nothing more comes; what it still sends can be received.
  public func endSending() throws(SocketError) {
    guard shutdown(descriptor, SHUT_WR) == 0 else { throw .last("shutdown") }
  }

  /// Gives the socket back; the connection ends in good order.
  public func close() {
    _ = lwip_close(descriptor)
  }
}
