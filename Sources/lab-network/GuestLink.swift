// SPDX-License-Identifier: Apache-2.0

import Glibc
import LabNetwork

/// The stream socket to QEMU's `-netdev stream`: one connection at a time.
final class GuestLink {
  /// What reading brought.
  enum Reading {
    case frames([[UInt8]])
    case ended(reason: String)
  }

  /// How long to wait before asking again whether QEMU has read what it was sent, in nanoseconds.
  private static let unreadInterval: UInt64 = 100_000
  /// The same after the first millisecond in vain: QEMU is stopped or starved.
  private static let stalledInterval: UInt64 = 2_000_000

  private let listener: Int32?
  private(set) var connection: Int32?
  private var decoder = FrameStreamDecoder()
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private var pacer = FramePacer()
  private var unsent: ArraySlice<UInt8> = []
  private var sentSinceRead = 0
  private var unreadSince: UInt64?
  private var retryTime: UInt64?

  init(_ guest: Options.Guest) throws {
    switch guest {
    case .path(let path):
      listener = try Sockets.listen(at: path)
    case .descriptor(let descriptor):
      Sockets.setNonBlocking(descriptor)
      if Sockets.listens(descriptor) {
        listener = descriptor
      } else {
        listener = nil
        connection = descriptor
      }
    }
  }

  /// The descriptor to wait for; nil when QEMU is gone and cannot come back.
  var descriptor: Int32? { connection ?? listener }

  /// Whether the rest of a frame waits until QEMU takes more.
  var isBlocked: Bool { !unsent.isEmpty }

  /// When `pump` is due; nil when there is nothing to send.
  var deadline: UInt64? {
    guard connection != nil, unsent.isEmpty else { return nil }
    return pacer.deadline.map { max($0, retryTime ?? 0) }
  }

  /// Accepts QEMU's connection.
  func accept() -> Bool {
    guard connection == nil, let listener else { return false }
    let descriptor = Glibc.accept(listener, nil, nil)
    guard descriptor >= 0 else { return false }
    Sockets.setNonBlocking(descriptor)
    connection = descriptor
    return true
  }

  /// Reads what QEMU has sent, up to 64 KiB.
  func read() -> Reading {
    guard let connection else { return .frames([]) }
    let count = recv(connection, &buffer, buffer.count, 0)
    if count < 0, errno == EAGAIN || errno == EINTR { return .frames([]) }
    if count == 0 { return .ended(reason: "QEMU has closed its network socket") }
    if count < 0 { return .ended(reason: SystemError("QEMU's network socket").description) }
    decoder.append(buffer[..<count])
    var frames: [[UInt8]] = []
    do {
      while let frame = try decoder.next() { frames.append(frame) }
    } catch {
      return .ended(reason: "QEMU's network stream is out of step: a frame of \(error.length) bytes")
    }
    return .frames(frames)
  }

  /// Adds a frame for the device; false when there is no room.
  func append(_ frame: Frame) -> Bool { pacer.append(frame) }

  /// Sends what may go now.
  /// - Parameter delivered: called with each frame when it is sent.
  /// - Returns: why the connection has ended, if it has.
  func pump(at time: UInt64, delivered: (Frame) -> Void) -> String? {
    guard let connection else { return nil }
    if let reason = flush() { return reason }
    while unsent.isEmpty, !pacer.isEmpty {
      guard hasBeenRead(connection, at: time), let frame = pacer.next(at: time) else { break }
      unsent = FrameStreamDecoder.encode(frame.padded)[...]
      sentSinceRead += 1
      delivered(frame)
      if let reason = flush() { return reason }
    }
    return nil
  }

  /// Ends the connection and forgets what was on its way.
  func disconnect() {
    if let connection { close(connection) }
    connection = nil
    decoder = FrameStreamDecoder()
    pacer.removeAll()
    unsent = []
    sentSinceRead = 0
    unreadSince = nil
    retryTime = nil
  }

  /// Whether QEMU has read what went before. While it has not, frames would pile up in the socket and reach the NIC as one burst.
  private func hasBeenRead(_ connection: Int32, at time: UInt64) -> Bool {
    guard sentSinceRead >= FramePacer.burst else { return true }
    guard Sockets.unreadBytes(connection) > 0 else {
      sentSinceRead = 0
      if unreadSince != nil { pacer.stall(at: time) }
      unreadSince = nil
      retryTime = nil
      return true
    }
    let since = unreadSince ?? time
    unreadSince = since
    retryTime = time + (time - since < 1_000_000 ? GuestLink.unreadInterval : GuestLink.stalledInterval)
    return false
  }

  private func flush() -> String? {
    while let connection, !unsent.isEmpty {
      let count = unsent.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN ? nil : SystemError("QEMU's network socket").description
      }
      unsent = unsent.dropFirst(count)
    }
    return nil
  }
}
