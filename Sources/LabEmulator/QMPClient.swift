// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A client of QEMU's machine protocol: JSON objects, one a line, over a stream socket.
public actor QMPClient {
  /// What QEMU reports by itself; it ends with the connection. The oldest are dropped when nobody takes them.
  public nonisolated let events: AsyncStream<QMPEvent>

  private static let longestLine = 1 << 20
  private let stream: SocketStream
  private let eventSink: AsyncStream<QMPEvent>.Continuation
  private var pending: [Int: CheckedContinuation<QMPValue, any Error>] = [:]
  private var lastID = 0
  private var isConnected = true
  private var hasGreeting = false
  private var greetingWaiter: CheckedContinuation<Void, any Error>?

  /// - Parameter stream: the connection; taken over.
  public init(stream: SocketStream) {
    self.stream = stream
    (events, eventSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
    Task { await self.receiveAll() }
  }

  /// Waits for the greeting and leaves the protocol's negotiation; to be called once, first.
  /// - Parameter timeout: how long the greeting and the answer may each take.
  public func negotiate(timeout: Duration = .seconds(60)) async throws {
    let deadline = Task {
      try await Task.sleep(for: timeout)
      self.failGreeting(Self.timeout("the greeting"))
    }
    defer { deadline.cancel() }
    try await withCheckedThrowingContinuation { continuation in
      if hasGreeting {
        continuation.resume()
      } else if isConnected {
        greetingWaiter = continuation
      } else {
        continuation.resume(throwing: Self.disconnected)
      }
    }
    try await execute("qmp_capabilities", timeout: timeout)
  }

  /// Has a command executed.
  /// - Parameters:
  ///   - command: its name.
  ///   - arguments: its arguments.
  ///   - timeout: how long the answer may take.
  /// - Returns: the answer.
  /// - Throws: `LabError` if QEMU refuses it, does not answer in time or is gone.
  @discardableResult
  public func execute(
    _ command: String, _ arguments: [String: QMPValue]? = nil, timeout: Duration = .seconds(60)
  ) async throws -> QMPValue {
    guard isConnected else { throw Self.disconnected }
    lastID += 1
    let id = lastID
    let line = try JSONEncoder().encode(QMPCommand(execute: command, arguments: arguments, id: id)) + [0x0a]
    let deadline = Task {
      try await Task.sleep(for: timeout)
      self.fail(id, Self.timeout("an answer to \(command)"))
    }
    defer { deadline.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
      pending[id] = continuation
      Task {
        do { try await stream.send(Array(line)) } catch { self.fail(id, Self.disconnected) }
      }
    }
  }

  /// Ends the connection.
  public nonisolated func close() {
    stream.close()
  }

  private func receiveAll() async {
    var splitter = LineSplitter(longestLine: Self.longestLine)
    for await chunk in stream {
      for line in splitter.split(chunk.bytes) {
        // What is too long or not JSON is not QEMU's protocol: there is no way to go on from there.
        guard !line.isTruncated, let message = try? JSONDecoder().decode(QMPMessage.self, from: Data(line.bytes)) else {
          stream.close()
          continue
        }
        receive(message, time: chunk.time)
      }
    }
    isConnected = false
    eventSink.finish()
    failGreeting(Self.disconnected)
    for id in pending.keys { fail(id, Self.disconnected) }
  }

  private func receive(_ message: QMPMessage, time: UInt64) {
    if message.greeting != nil {
      hasGreeting = true
      greetingWaiter?.resume()
      greetingWaiter = nil
    } else if let event = message.event {
      eventSink.yield(QMPEvent(name: event, data: message.data ?? .null, time: time))
    } else if let id = message.id, let continuation = pending.removeValue(forKey: id) {
      if let error = message.error {
        continuation.resume(throwing: LabError(code: "qmp.\(error.class)", message: "QEMU refuses: \(error.desc)"))
      } else {
        continuation.resume(returning: message.result ?? .null)
      }
    }
  }

  private func fail(_ id: Int, _ error: LabError) {
    pending.removeValue(forKey: id)?.resume(throwing: error)
  }

  private func failGreeting(_ error: LabError) {
    greetingWaiter?.resume(throwing: error)
    greetingWaiter = nil
  }

  private static let disconnected = LabError(
    code: "emulator.gone", message: "the connection to the emulator has ended")

  private static func timeout(_ what: String) -> LabError {
    LabError(code: "emulator.silent", message: "the emulator did not send \(what) in time")
  }
}
