// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import LabModel
import LabSandbox
import Synchronization

/// Bytes as they came, with the time at which they did.
public struct TimedBytes: Hashable, Sendable {
  /// `CLOCK_MONOTONIC` of the host in nanoseconds.
  public var time: UInt64
  /// At least one byte.
  public var bytes: [UInt8]

  /// - Parameters: as the properties of the same names.
  public init(time: UInt64, bytes: [UInt8]) {
    self.time = time
    self.bytes = bytes
  }
}

/// A connected stream socket: an asynchronous sequence of what comes in, and a way to send.
///
/// A thread reads ahead, so that times are those of arrival, but only up to a bound: then it stops, the socket fills and the
/// sender has to wait. One task at a time may iterate.
public final class SocketStream: AsyncSequence, Sendable {
  /// What came in at one moment.
  public typealias Element = TimedBytes

  private struct State {
    var chunks: [TimedBytes] = []
    /// The index of the oldest chunk: taking one out costs no move of the others.
    var first = 0
    /// Bytes in `chunks` and a charge for each chunk.
    var held = 0
    /// How many bytes have been read in all.
    var received = 0
    var waiter: CheckedContinuation<TimedBytes?, Never>?
    var isReaderWaiting = false
    var isEnded = false
    var isClosed = false

    mutating func takeFirst(charge: Int) -> TimedBytes? {
      guard first < chunks.count else { return nil }
      let chunk = chunks[first]
      first += 1
      held -= chunk.bytes.count + charge
      if first == chunks.count || first >= 64 {
        chunks.removeFirst(first)
        first = 0
      }
      return chunk
    }
  }

  private static let chargePerChunk = 64
  private let descriptor: Int32
  private let bound: Int
  private let state = Mutex(State())
  private let space = DispatchSemaphore(value: 0)
  private let writer = DispatchQueue(label: "lab.socket.write")

  /// - Parameters:
  ///   - descriptor: a connected stream socket; owned from now on.
  ///   - bound: how many bytes are read ahead.
  init(descriptor: Int32, bound: Int = 256 << 10) {
    self.descriptor = descriptor
    self.bound = bound
    Thread.detachNewThread { self.readAll() }
  }

  // Neither the reading thread nor a write that is under way can be left: both hold a reference.
  deinit {
    Foundation.close(descriptor)
  }

  /// What is read ahead, in bytes of memory.
  var held: Int { state.withLock { $0.held } }

  /// How many bytes have arrived on this host in all, those included that nobody has taken.
  public var arrived: Int {
    state.withLock { state in
      var waiting: Int32 = 0
      // A socket that cannot be asked has ended.
      return state.received + (ioctl(descriptor, UInt(FIONREAD), &waiting) == 0 ? Int(waiting) : 0)
    }
  }

  /// Whether the receiver has read all that was sent. Only for Unix sockets.
  public var isRead: Bool {
    var held: CInt = 0
    // What a Unix socket holds for its receiver counts here until it is read (unix(7), SIOCOUTQ).
    return ioctl(descriptor, UInt(TIOCOUTQ), &held) != 0 || held == 0
  }

  /// Ends the connection: reading ends after what has been read ahead, sending fails.
  public func close() {
    let wasWaiting = state.withLock { state in
      state.isClosed = true
      defer { state.isReaderWaiting = false }
      return state.isReaderWaiting
    }
    shutdown(descriptor, Int32(SHUT_RDWR))
    if wasWaiting { space.signal() }
  }

  /// Ends sending; reading goes on.
  public func finishSending() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Aborts a TCP connection: the other side gets RST.
  public func abort() {
    // Connecting to no address dissolves a connection that is established, with RST (connect(2), tcp_disconnect in Linux).
    var nobody = sockaddr()
    nobody.sa_family = sa_family_t(AF_UNSPEC)
    connect(descriptor, &nobody, socklen_t(MemoryLayout<sockaddr>.size))
    close()
  }

  /// Sends bytes, after all that were given before; waits while the receiver takes none.
  /// - Throws: `LabError` if the connection has ended; `CancellationError` if the task was cancelled, when a part may have
  ///   been sent.
  public func send(_ bytes: [UInt8]) async throws {
    let cancelled = Flag()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        writer.async { continuation.resume(with: Result { try self.write(bytes, unless: cancelled) }) }
      }
    } onCancel: {
      cancelled.set()
    }
  }

  /// The next bytes.
  /// - Returns: `nil` at the end of the connection, or if the task was cancelled.
  public func next() async -> TimedBytes? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (result, isReady, hasSpace) = state.withLock { state -> (TimedBytes?, Bool, Bool) in
          if let chunk = state.takeFirst(charge: Self.chargePerChunk) {
            let hasSpace = state.isReaderWaiting && state.held <= bound / 2
            if hasSpace { state.isReaderWaiting = false }
            return (chunk, true, hasSpace)
          }
          if state.isEnded || Task.isCancelled { return (nil, true, false) }
          state.waiter = continuation
          return (nil, false, false)
        }
        if hasSpace { space.signal() }
        if isReady { continuation.resume(returning: result) }
      }
    } onCancel: {
      state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }?.resume(returning: nil)
    }
  }

  /// Begins to iterate; what another iterator has taken does not come again.
  public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  /// Iterates over what comes in.
  public struct Iterator: AsyncIteratorProtocol {
    let stream: SocketStream

    /// The next bytes; `nil` at the end.
    public mutating func next() async -> TimedBytes? { await stream.next() }
  }

  private func readAll() {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    var pace = Pace()
    while true {
      var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&watch, 1, -1) >= 0 || errno == EINTR else { break }
      let (count, time, mustWait) = take(into: &buffer)
      if count < 0 { continue }
      guard count > 0 else { break }
      if mustWait { space.wait() }
      pace.wait(after: time)
    }
    let waiter = state.withLock { state in
      state.isEnded = true
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: nil)
  }

  /// Reads what is there and hands it on. Both at once for whoever asks what has ``arrived``.
  /// - Returns: how many bytes, 0 at the end, less than that for none; when; and whether the reader has to wait for space.
  private func take(into buffer: inout [UInt8]) -> (count: Int, time: UInt64, mustWait: Bool) {
    let (chunk, count, waiter, mustWait) = state.withLock {
      state -> (TimedBytes, Int, CheckedContinuation<TimedBytes?, Never>?, Bool) in
      let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      let isOver = count < 0 && errno != EAGAIN && errno != EINTR
      let chunk = TimedBytes(time: MonotonicClock.now, bytes: Array(buffer.prefix(count > 0 ? count : 0)))
      guard count > 0 else { return (chunk, isOver ? 0 : count, nil, false) }
      state.received += count
      defer { state.waiter = nil }
      if let waiter = state.waiter { return (chunk, count, waiter, false) }
      state.chunks.append(chunk)
      state.held += count + Self.chargePerChunk
      state.isReaderWaiting = state.held >= bound && !state.isClosed
      return (chunk, count, nil, state.isReaderWaiting)
    }
    waiter?.resume(returning: chunk)
    return (count, chunk.time, mustWait)
  }

  private func write(_ bytes: [UInt8], unless cancelled: Flag) throws {
    var sent = 0
    while sent < bytes.count {
      if cancelled.isSet { throw CancellationError() }
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        // Short waits, so that a cancelled or closed connection is noticed.
        var watch = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&watch, 1, 20)
      } else if errno != EINTR {
        throw LabError(systemCall: "send")
      }
    }
  }
}

/// Lets a flood of tiny pieces gather, since each piece that is handed on costs much more than its bytes.
private struct Pace {
  private var windowStart: UInt64 = 0
  private var count = 0

  /// Waits a millisecond if there have been more than 32 pieces in 10 milliseconds.
  mutating func wait(after time: UInt64) {
    if time - windowStart > 10_000_000 {
      windowStart = time
      count = 0
    }
    count += 1
    if count > 32 { usleep(1000) }
  }
}

/// Says once and for all that something has happened.
private final class Flag: Sendable {
  private let value = Atomic(false)

  var isSet: Bool { value.load(ordering: .acquiring) }

  func set() { value.store(true, ordering: .releasing) }
}
