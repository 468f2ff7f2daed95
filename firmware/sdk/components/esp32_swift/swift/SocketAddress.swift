// SPDX-License-Identifier: Apache-2.0

/// An IPv4 address.
public struct IPv4Address: Equatable, Sendable {
  /// The four bytes as one number; the first is the highest.
  public var value: UInt32

  /// - Parameter value: the four bytes as one number; the first is the highest.
  public init(value: UInt32) {
    self.value = value
  }

  /// The address `a.b.c.d`.
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    value = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// All addresses of this device: what a server listens at.
  public static var any: IPv4Address { IPv4Address(value: 0) }
  /// This device itself: nobody else gets there.
  public static var loopback: IPv4Address { IPv4Address(127, 0, 0, 1) }
}

extension IPv4Address: CustomStringConvertible {
  /// As in `10.0.2.2`.
  public var description: String {
    "\(value >> 24).\(value >> 16 & 0xff).\(value >> 8 & 0xff).\(value & 0xff)"
  }
}

/// One end of a connection: an address and a port.
public struct SocketAddress: Equatable, Sendable {
  /// The address.
  public var address: IPv4Address
  /// The port; its bytes are in the order of this machine.
  public var port: UInt16

  /// - Parameters: as the properties of the same names.
  public init(_ address: IPv4Address, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// Asks for the address of a name, which may also be an address as text.
  /// - Throws: `SocketError` with one of `EAI_…` as its code.
  public init(resolving name: String, port: UInt16) throws(SocketError) {
    var hints = addrinfo()
    hints.ai_family = AF_INET
    hints.ai_socktype = SOCK_STREAM
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(name, nil, &hints, &list)
    guard code == 0, let found = list?.pointee.ai_addr else { throw SocketError("getaddrinfo", code: code) }
    self = UnsafeMutableRawPointer(found).withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
      SocketAddress($0.pointee)
    }
    self.port = port
    freeaddrinfo(list)
  }

  init(_ raw: sockaddr_in) {
    address = IPv4Address(value: UInt32(bigEndian: raw.sin_addr.s_addr))
    port = UInt16(bigEndian: raw.sin_port)
  }

  /// Calls a C function with this address as it wants it.
  func withRaw<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var raw = sockaddr_in()
    raw.sin_family = sa_family_t(AF_INET)
    raw.sin_port = port.bigEndian
    raw.sin_addr.s_addr = address.value.bigEndian
    return withUnsafePointer(to: &raw) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// Calls a C function that fills in an address.
  /// - Returns: what the function returned, and the address, which means nothing if that failed.
  static func filled(_ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32)
    -> (Int32, SocketAddress)
  {
    var raw = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &raw) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
    }
    return (result, SocketAddress(raw))
  }
}

extension SocketAddress: CustomStringConvertible {
  /// As in `10.0.2.2:3333`.
  public var description: String { "\(address):\(port)" }
}
