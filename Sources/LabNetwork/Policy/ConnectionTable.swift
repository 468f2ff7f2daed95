// SPDX-License-Identifier: Apache-2.0

/// The TCP connections that may pass, and where those of the device are rerouted to.
package struct ConnectionTable {
  /// How many connections are kept, closed ones included: their last segments still find their way.
  package static let limit = 1024

  /// What is to be done with a segment of the device.
  enum Admission: Equatable {
    /// It passes, to this end.
    case passes(Endpoint)
    /// It passes to this end without its data, which has no room there, and is answered with the last acknowledgement again.
    case exceedsWindow(Endpoint)
    /// It belongs to no connection.
    case unknown
    /// It belongs to a connection that the lab has made vanish.
    case vanished
    /// It leaves a gap in the stream, which no device does on a wire that loses nothing. libslirp would keep what comes after
    /// gaps, and without a bound.
    case outOfOrder
  }

  /// What is to be done with a segment of libslirp.
  struct Passage: Equatable {
    /// Who it comes from, as the device knows it.
    var peer: Endpoint
    /// The window that it may offer; nil when it must not pass.
    var window: UInt16?
  }

  private var entries: [ConnectionID: ConnectionEntry] = [:]
  /// For rerouted connections: from the end as libslirp knows it to the end as the device knows it.
  private var reversed: [ConnectionID: Endpoint] = [:]
  private var windows = WindowRules()

  package init() {}

  /// Opens or reopens a connection by a SYN of the device.
  /// - Returns: false when another live connection of the same port of the device already leads to the target.
  mutating func open(_ id: ConnectionID, target: Endpoint, syn: TCPHeader, at time: UInt64) -> Bool {
    let reverse = ConnectionID(device: id.device, peer: target)
    if let other = reversed[reverse] ?? (entries[reverse] == nil ? nil : target), other != id.peer {
      let otherID = ConnectionID(device: id.device, peer: other)
      guard entries[otherID]?.isClosed != false else { return false }
      remove(otherID)
    }
    if let old = entries[id], old.target != target { remove(id) }
    guard isOpened(id, by: syn) else { return true }
    var entry = ConnectionEntry(
      target: target, syn: syn, limit: windows.limit(for: id, hostPort: target.port), at: time)
    _ = entry.device.take(syn, payloadLength: 0)
    insert(entry, id)
    if target != id.peer { reversed[reverse] = id.peer }
    return true
  }

  /// Decides about any other segment of the device.
  mutating func admit(_ id: ConnectionID, _ tcp: TCPHeader, payloadLength: Int, at time: UInt64) -> Admission {
    guard var entry = entries[id] else { return .unknown }
    guard !entry.hasVanished else { return .vanished }
    let exceeds = entry.host.isExceeded(by: tcp, payloadLength: payloadLength)
    guard exceeds || entry.device.take(tcp, payloadLength: payloadLength) else { return .outOfOrder }
    entry.takeFromDevice(exceeds ? tcp.withoutData : tcp, at: time)
    entries[id] = entry
    return exceeds ? .exceedsWindow(entry.target) : .passes(entry.target)
  }

  /// Decides about a segment of libslirp. A SYN from there opens a connection.
  mutating func passage(
    device: Endpoint, source: Endpoint, _ tcp: TCPHeader, payloadLength: Int, at time: UInt64
  ) -> Passage {
    let peer = reversed[ConnectionID(device: device, peer: source)] ?? source
    let id = ConnectionID(device: device, peer: peer)
    if tcp.flags.contains(.syn), !tcp.flags.contains(.ack), peer == source, isOpened(id, by: tcp) {
      let limit = windows.limit(for: id, hostPort: source.port)
      insert(ConnectionEntry(target: source, syn: tcp, limit: limit, at: time), id)
    }
    guard var entry = entries[id] else { return Passage(peer: peer, window: tcp.window) }
    guard !entry.hasVanished else { return Passage(peer: peer) }
    let window = entry.takeFromHost(tcp, payloadLength: payloadLength, at: time)
    entries[id] = entry
    return Passage(peer: peer, window: window)
  }

  /// Takes note that a segment of the device got lost, so that what follows it leaves a gap.
  mutating func lost(_ id: ConnectionID) { entries[id]?.device.mayHaveGaps = true }

  /// Takes note that the device has started anew.
  mutating func deviceStarted() {
    for (id, entry) in entries where entry.device.hasBegun { entries[id]?.isForgotten = true }
  }

  /// The last acknowledgement of a connection again.
  mutating func acknowledgement(for id: ConnectionID) -> TCPHeader? { entries[id]?.host.acknowledgement(for: id) }

  /// Makes a connection vanish.
  /// - Returns: the other end as libslirp knows it; nil when there is no such connection.
  mutating func vanish(_ id: ConnectionID) -> Endpoint? {
    entries[id]?.hasVanished = true
    return entries[id]?.target
  }

  /// The connections that the device was asked for and has said nothing of, with the sequence numbers of their SYNs.
  var unanswered: [(id: ConnectionID, initial: UInt32)] {
    entries.filter { !$1.device.hasBegun && !$1.isClosed && !$1.hasVanished }.map { ($0, $1.initial) }
  }

  /// Whether a SYN of the device belongs to a connection that has vanished.
  func hasVanished(_ id: ConnectionID, syn: TCPHeader) -> Bool {
    entries[id]?.hasVanished == true && !isOpened(id, by: syn)
  }

  /// Has the other end of a connection stop reading or read again.
  /// - Returns: what the device is to be told.
  mutating func setReading(_ id: ConnectionID, paused: Bool) -> TCPHeader? {
    entries[id]?.host.isPaused = paused
    return entries[id]?.isClosed == false ? entries[id]?.host.update(for: id) : nil
  }

  /// Changes the limits of windows.
  /// - Returns: what the device is to be told.
  mutating func setLimits(_ change: (inout WindowRules) -> Void) -> [(ConnectionID, TCPHeader)] {
    change(&windows)
    var updates: [(ConnectionID, TCPHeader)] = []
    for (id, entry) in entries where !entry.isClosed && !entry.hasVanished {
      entries[id]?.host.limit = windows.limit(for: id, hostPort: entry.target.port)
      if let update = entries[id]?.host.update(for: id) { updates.append((id, update)) }
    }
    return updates
  }

  /// How many sequence numbers of the device libslirp will acknowledge any moment.
  func inFlight(at time: UInt64) -> Int { entries.values.reduce(0) { $0 + $1.inFlight(at: time) } }

  /// How many sequence numbers the device has been sent and may still acknowledge.
  var unacknowledged: Int { entries.values.reduce(0) { $0 + $1.unacknowledged } }

  /// Whether a SYN begins a connection and does not just repeat the beginning of one.
  private func isOpened(_ id: ConnectionID, by syn: TCPHeader) -> Bool {
    guard let old = entries[id] else { return true }
    return old.isClosed || old.initial != syn.sequence
  }

  private mutating func insert(_ entry: ConnectionEntry, _ id: ConnectionID) {
    if entries[id] == nil, entries.count >= ConnectionTable.limit, let key = entries.keyToEvict { remove(key) }
    entries[id] = entry
  }

  private mutating func remove(_ id: ConnectionID) {
    guard let entry = entries.removeValue(forKey: id) else { return }
    if entry.target != id.peer { reversed[ConnectionID(device: id.device, peer: entry.target)] = nil }
  }
}
