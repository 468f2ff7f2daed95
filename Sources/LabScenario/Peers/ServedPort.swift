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

  /// The connections that came on the host, in order.
  var arrived: [SocketStream] { arrivals.all }

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

/// Collects connections.
private final class Arrivals: Sendable {
  private let connections = Mutex<[SocketStream]>([])

  var all: [SocketStream] { connections.withLock { $0 } }

  func add(_ connection: SocketStream) { connections.withLock { $0.append(connection) } }
}
