// SPDX-License-Identifier: Apache-2.0
@_exported import CESP32

/// A call of the network that failed: which one, and `errno` after it.
public struct SocketError: Error, Equatable, Sendable {
  /// The C function that failed, such as `connect`.
  public let call: StaticString
  /// `errno` after it (`ECONNREFUSED`, `EAGAIN`, …); for `getaddrinfo` what that returned, which is one of `EAI_…`.
  public let code: Int32

  /// - Parameters: as the properties of the same names.
  public init(_ call: StaticString, code: Int32) {
    self.call = call
    self.code = code
  }

  /// The error of a call that has just failed.
  static func last(_ call: StaticString) -> SocketError {
    SocketError(call, code: errno)
  }

  /// Whether nothing went wrong but that a time limit was reached, or that a socket which does not wait has nothing to give.
  public var isTimeout: Bool { code == EAGAIN }

  /// Whether both calls and both codes are the same.
  public static func == (one: SocketError, other: SocketError) -> Bool {
    one.code == other.code && strcmp(one.call.text, other.call.text) == 0
  }
}

extension SocketError: CustomStringConvertible {
  /// As in `connect failed: errno 104 (Connection reset by peer)`.
  public var description: String {
    "\(String(cString: call.text)) failed: errno \(code) (\(String(cString: strerror(code))))"
  }
}

extension StaticString {
  /// The text, terminated as C expects it.
  var text: UnsafePointer<CChar> {
    UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
