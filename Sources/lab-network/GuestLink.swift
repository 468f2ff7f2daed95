// SPDX-License-Identifier: Apache-2.0

import Glibc
import LabNetwork

/// The stream socket to QEMU's `-netdev stream`: one connection at a time.
final class GuestLink {
  /// What reading brought.
  enum Reading {
    case frames([Received])
    case ended(reason: String)
  }

  /// A frame of the guest.
  struct Received {
    var bytes: [UInt8]
    /// The guest's clock when it was sent, where QEMU tells.
    var time: UInt64?
  }

  /// How long to wait before asking again whether QEMU has read what it was sent, in nanoseconds.
  private static let unreadInterval: UInt64 = 2_000_000

  /// How many frames QEMU waits to hear that they have been dealt with; nil where it does not wait.
  private(set) var owed: UInt64?
  private var received: UInt64 = 0
  private var mayPayOff = false
  private let listener: Int32?
  private(set) var connection: Int32?
  private var decoder = FrameStreamDecoder()
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private var pacer = FramePacer()
  private var unsent: ArraySlice<UInt8> = []
  private var retryTime: UInt64 = 0

  /// - Parameters:
  ///   - guest: where QEMU's socket comes from.
  ///   - lockstep: whether QEMU tells the guest's time, and waits for what comes of a frame.
  init(_ guest: Options.Guest, lockstep: Bool) throws {
    owed = lockstep ? 0 : nil
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
    return pacer.isReady ? 0 : pacer.deadline.map { max($0, retryTime) }
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
    var frames: [Received] = []
    do {
      while let bytes = try decoder.next() {
        guard owed != nil else {
          frames.append(Received(bytes: bytes))
          continue
        }
        guard let (frame, time) = Lockstep.split(bytes) else {
          return .ended(reason: "QEMU's network stream is out of step: a frame without the guest's time")
        }
        frames.append(Received(bytes: frame, time: time))
      }
    } catch {
      return .ended(reason: "QEMU's network stream is out of step: a frame of \(error.length) bytes")
    }
    received += UInt64(frames.count)
    if let owed { self.owed = owed + UInt64(frames.count) }
    return .frames(frames)
  }

  /// Adds a frame for the device; false when there is no room.
  func append(_ frame: Frame) -> Bool { pacer.append(frame) }

  /// Records that all immediate effects of the guest's frames have been handled.
  func dealtWithAll() { mayPayOff = true }

  /// Forgets frames for the device that have not gone yet.
  func remove(where matches: (Frame) -> Bool) { pacer.remove(where: matches) }

  /// How many frames wait, counting one for what QEMU has not read.
  var backlog: Int {
    pacer.count + (connection.map { Sockets.unreadBytes($0) > 0 || isBlocked } == true ? 1 : 0)
  }

  /// Takes up a frame of the device: what it acknowledges has left its NIC.
  func hear(_ frame: Frame, at time: UInt64) { pacer.hear(frame, at: time) }

  /// Sends what may go now.
  /// - Parameter delivered: called with each frame when it is sent.
  /// - Returns: why the connection has ended, if it has.
  func pump(at time: UInt64, delivered: (Frame) -> Void) -> String? {
    guard let connection else { return nil }
    if let reason = flush() { return reason }
    if let due = pacer.deadline, max(due, retryTime) <= time {
      // What QEMU has not even read, the device cannot have taken up, however long ago it was sent.
      if Sockets.unreadBytes(connection) == 0 {
        pacer.expire(at: time)
      } else {
        retryTime = time + GuestLink.unreadInterval
      }
    }
    while unsent.isEmpty, let frame = pacer.next(at: time) {
      unsent = FrameStreamDecoder.encode(frame.padded)[...]
      delivered(frame)
      if let reason = flush() { return reason }
    }
    // After what comes of the frames, as far as it may go already: the guest runs on with this.
    if mayPayOff, unsent.isEmpty {
      mayPayOff = false
      owed = 0
      unsent = FrameStreamDecoder.encode(Lockstep.seen(received))[...]
      return flush()
    }
    return nil
  }

  /// Ends the connection and forgets what was on its way.
  func disconnect() {
    if let connection { close(connection) }
    connection = nil
    decoder = FrameStreamDecoder()
    pacer = FramePacer()
    unsent = []
    retryTime = 0
    received = 0
    mayPayOff = false
    if owed != nil { owed = 0 }
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
