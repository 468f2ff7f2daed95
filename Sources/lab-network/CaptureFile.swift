// SPDX-License-Identifier: Apache-2.0

import Glibc
import LabModel
import LabNetwork

/// `capture.pcapng`: written in guest time, bounded in size, and given up without harm when the disk is full.
final class CaptureFile {
  /// How many bytes are gathered before they are written.
  private static let gathered = 64 << 10
  /// How long bytes wait to be written, in nanoseconds, so that a capture can be watched as it grows.
  private static let flushInterval: UInt64 = 500_000_000

  private var descriptor: Int32
  private let limit: Int
  private var buffer: [UInt8]
  /// Frames whose guest time is not known yet, in their order.
  private var waiting: [VirtualNetwork.CapturedFrame] = []
  private var waitingBytes = 0
  private var flushTime: UInt64?
  private var lastTime: UInt64 = 0
  private var clock: GuestClock?

  /// Bytes written or about to be.
  private(set) var size = 0
  /// Frames that found no room.
  private(set) var framesLeftOut = 0

  init(_ path: String, limit: Int) throws {
    descriptor = path.withCString { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else { throw SystemError("cannot write \(path)") }
    self.limit = limit
    buffer = PcapngWriter.header(
      application: "lab-network", interface: "eth0",
      description: "The device's network interface; times are guest time since the start")
    size = buffer.count
    flushTime = 0
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// When `flush` is due; nil when nothing waits.
  var deadline: UInt64? { buffer.isEmpty && waiting.isEmpty ? nil : flushTime }

  /// Takes up a reading of both clocks, and that the guest's was made to jump from a moment on.
  /// - Returns: what went wrong with the frames whose time is known by this; told once.
  func sample(host: UInt64, guest: UInt64, jumpedFrom start: UInt64?) -> String? {
    if clock == nil {
      clock = GuestClock(origin: host - min(guest, host))
    }
    if let start { clock?.jump(from: start, host: host, guest: guest) } else { clock?.sample(host: host, guest: guest) }
    return settle()
  }

  /// Adds a frame. It waits until a reading of the clocks tells its time, or until it is due to be written.
  /// - Returns: what went wrong; told once.
  func append(_ frame: VirtualNetwork.CapturedFrame) -> String? {
    // Without a reading of the guest's clock its time begins with the first frame.
    if clock == nil { clock = GuestClock(origin: frame.time) }
    if buffer.isEmpty, waiting.isEmpty { flushTime = frame.time + CaptureFile.flushInterval }
    waiting.append(frame)
    waitingBytes += frame.bytes.count
    return waitingBytes >= CaptureFile.gathered ? flush() : settle()
  }

  /// Gathers the frames whose guest time will not change any more, or all.
  private func settle(all: Bool = false) -> String? {
    guard let clock else { return nil }
    let unsettled = all ? nil : waiting.firstIndex { $0.guest == nil && !clock.isSettled(at: $0.time) }
    let count = unsettled ?? waiting.count
    guard count > 0 else { return nil }
    var problem: String?
    for frame in waiting.prefix(count) {
      waitingBytes -= frame.bytes.count
      // Never backwards: readings of the clocks tell less exactly than the guest itself.
      lastTime = max(lastTime, frame.guest ?? clock.guestTime(at: frame.time))
      problem = gather(frame, at: lastTime) ?? problem
    }
    waiting.removeFirst(count)
    return buffer.count >= CaptureFile.gathered ? write() ?? problem : problem
  }

  private func gather(_ frame: VirtualNetwork.CapturedFrame, at time: UInt64) -> String? {
    let block = PcapngWriter.packet(frame.bytes, time: time, direction: frame.direction, comment: frame.comment)
    guard descriptor >= 0, size + block.count <= limit else {
      framesLeftOut += 1
      guard framesLeftOut == 1, descriptor >= 0 else { return nil }
      return "the capture has reached \(limit) bytes; later frames are not in it"
    }
    buffer += block
    size += block.count
    return nil
  }

  /// Writes what has been gathered and what waits.
  /// - Returns: what went wrong; told once.
  func flush() -> String? {
    let problem = settle(all: true)
    return write() ?? problem
  }

  private func write() -> String? {
    guard descriptor >= 0 else { return nil }
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        let message = SystemError("the capture ends early").description
        // Whole blocks only: a torn one at the end would make the file unreadable.
        ftruncate(descriptor, off_t(size - buffer.count))
        size -= buffer.count
        buffer = []
        close(descriptor)
        descriptor = -1
        return message
      }
      rest = rest.dropFirst(count)
    }
    buffer.removeAll(keepingCapacity: true)
    return nil
  }
}
