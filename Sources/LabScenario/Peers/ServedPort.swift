// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork
import Synchronization

/// A TCP server that the lab plays: a socket of the host that listens, and the connections that came and that no step has accepted.
struct ServedPort: Sendable {
  /// The name that the lab file gives it.
  let name: String
  /// What the device dials.
  let listening: Listening
  /// How many attempts had come through to some peer when it began to listen, and when it stopped.
  let from: Int
  var until: Int?
  /// How many of the connections that came have been accepted or dropped.
  var taken = 0
  /// What opens it later.
  var opening: Task<Void, Never>?
  /// The port of 127.0.0.1 where it listens.
  var hostPort: UInt16 { listener.port }

  private let listener: LoopbackListener
  private let arrivals: Arrivals

  /// Begins to listen.
  /// - Parameters:
  ///   - name: the name that the lab file gives it.
  ///   - listening: what the device dials.
  ///   - source: whose 127.0.0.1 it listens on; nil for the host's.
  ///   - passings: how many attempts have come through to some peer.
  ///   - arrived: called when a connection has come.
  /// - Throws: `LabError` if there is no socket or port left.
  init(
    _ name: String, _ listening: Listening, of source: SocketSource? = nil, after passings: Int,
    arrived: @escaping @Sendable () -> Void
  ) throws {
    self.name = name
    self.listening = listening
    from = passings
    let arrivals = Arrivals()
    self.arrivals = arrivals
    listener = try LoopbackListener(of: source) { connection in
      arrivals.add(connection)
      arrived()
    }
  }

  /// How many connections came on the host.
  var arrived: Int { arrivals.count }

  /// One that came and that no step has accepted, by its place among those that came; nil for one that found too many before it.
  func arrival(_ index: Int) -> SocketStream? { arrivals[index] }

  /// Hands one over: whoever accepted it answers for it from now on.
  func handOver(_ index: Int) { arrivals.handOver(index) }

  /// Hands over all that nobody has accepted.
  func handOverAll() -> [SocketStream] { arrivals.handOverAll() }

  /// Whether what the device dialled leads here, as far as address and port go.
  func serves(_ destination: Endpoint) -> Bool {
    destination.port == listening.port
      && (listening.address.map { $0.description == destination.address.description } ?? true)
  }

  /// Whether it listened when an attempt came through, by the attempt's place among those that did.
  func listened(at passing: Int) -> Bool { from <= passing && passing < until ?? .max }

  /// Stops listening; connections stay.
  func close() { listener.close() }
}

/// Collects connections, and keeps those that nobody has accepted: not more than a server's backlog, since each is a descriptor and a thread of
/// the lab's own, and a device can open thousands.
private final class Arrivals: Sendable {
  private struct State {
    var count = 0
    var waiting: [Int: SocketStream] = [:]
  }

  private static let backlog = 64
  private let state = Mutex(State())

  var count: Int { state.withLock(\.count) }

  subscript(index: Int) -> SocketStream? { state.withLock { $0.waiting[index] } }

  func add(_ connection: SocketStream) {
    let isKept = state.withLock { state in
      defer { state.count += 1 }
      guard state.waiting.count < Self.backlog else { return false }
      state.waiting[state.count] = connection
      return true
    }
    if !isKept { connection.abort() }
  }

  func handOver(_ index: Int) { state.withLock { $0.waiting[index] = nil } }

  func handOverAll() -> [SocketStream] {
    state.withLock { state in
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
  }
}
