// SPDX-License-Identifier: Apache-2.0

extension Socket {
  /// Sets an option whose value is a number.
  /// - Parameters:
  ///   - level: `SOL_SOCKET`, or a protocol such as `IPPROTO_TCP`.
  ///   - name: such as `SO_REUSEADDR` or `TCP_NODELAY`.
  ///   - value: 1 and 0 stand for on and off.
  public func setOption(_ level: Int32, _ name: Int32, to value: Int32) throws(SocketError) {
    var value = value
    guard setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
      throw .last("setsockopt")
    }
  }

  /// How long `receive` waits; after that it throws an error that `isTimeout`. Nothing is lost, and it may be called again.
  /// - Parameter milliseconds: 0 waits as long as it takes.
  public func setReceiveTimeout(milliseconds: Int32) throws(SocketError) {
    try setTimeout(SO_RCVTIMEO, milliseconds)
  }

  /// How long `send` waits for room; after that it throws an error that `isTimeout`.
  /// - Parameter milliseconds: 0 waits as long as it takes.
  public func setSendTimeout(milliseconds: Int32) throws(SocketError) {
    try setTimeout(SO_SNDTIMEO, milliseconds)
  }

  /// Has TCP ask now and then whether the other end is still there. If it does not answer, calls on the socket fail.
  /// - Parameters:
  ///   - idle: seconds of silence before the first question.
  ///   - interval: seconds between questions.
  ///   - count: how many go without an answer before the connection is given up.
  public func keepAlive(idle: Int32, interval: Int32, count: Int32) throws(SocketError) {
    try setOption(SOL_SOCKET, Int32(SO_KEEPALIVE), to: 1)
    try setOption(IPPROTO_TCP, TCP_KEEPIDLE, to: idle)
    try setOption(IPPROTO_TCP, TCP_KEEPINTVL, to: interval)
    try setOption(IPPROTO_TCP, TCP_KEEPCNT, to: count)
  }

  /// The other end.
  public var peer: SocketAddress {
    get throws(SocketError) {
      let (result, address) = SocketAddress.filled { getpeername(descriptor, $0, $1) }
      guard result == 0 else { throw .last("getpeername") }
      return address
    }
  }

  private func setTimeout(_ name: Int32, _ milliseconds: Int32) throws(SocketError) {
    var time = timeval()
    time.tv_sec = .init(milliseconds / 1000)
    time.tv_usec = .init(milliseconds % 1000 * 1000)
    guard setsockopt(descriptor, SOL_SOCKET, name, &time, socklen_t(MemoryLayout<timeval>.size)) == 0 else {
      throw .last("setsockopt")
    }
  }
}
