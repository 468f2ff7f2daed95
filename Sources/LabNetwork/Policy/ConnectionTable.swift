// SPDX-License-Identifier: Apache-2.0

/// The TCP connections that may pass, and where those of the device are rerouted to.
package struct ConnectionTable {
  /// How many connections are kept, closed ones included: their last segments still find their way.
  package static let limit = 1024

  /// What is to be done with a segment of the device.
  enum Admission: Equatable {
    /// It passes, to this end.
    case passes(Endpoint)
    /// It belongs to no connection.
    case unknown
    /// It leaves a gap in the stream, which no device does on a wire that loses nothing. libslirp would keep what comes after
    /// gaps, and without a bound.
    case outOfOrder
  }

  struct Key: Hashable {
    var device: Endpoint
    /// The other end as the device knows it.
    var peer: Endpoint
  }

  private struct Entry: Evictable {
    /// The other end as libslirp knows it.
    var target: Endpoint
    var stream = DeviceStream()
    var endedByDevice = false
    var endedByPeer = false
    var wasReset = false
    var lastUsed: UInt64

    var isClosed: Bool { wasReset || endedByDevice && endedByPeer }
  }

  private var entries: [Key: Entry] = [:]
  /// For rerouted connections: from the end as libslirp knows it to the end as the device knows it.
  private var reversed: [Key: Endpoint] = [:]

  package init() {}

  /// Opens or reopens a connection by a SYN of the device.
  /// - Returns: false when another live connection of the same port of the device already leads to the target.
  mutating func open(device: Endpoint, peer: Endpoint, target: Endpoint, syn: TCPHeader, at time: UInt64) -> Bool {
    let key = Key(device: device, peer: peer)
    let reverseKey = Key(device: device, peer: target)
    if let other = reversed[reverseKey] ?? (entries[reverseKey] == nil ? nil : target), other != peer {
      let otherKey = Key(device: device, peer: other)
      guard entries[otherKey]?.isClosed != false else { return false }
      remove(otherKey)
    }
    if let old = entries[key], old.target != target { remove(key) }
    if entries[key] == nil { makeRoom() }
    var entry = Entry(target: target, lastUsed: time)
    _ = entry.stream.take(syn, payloadLength: 0)
    entries[key] = entry
    if target != peer { reversed[reverseKey] = peer }
    return true
  }

  /// Decides about any other segment of the device.
  mutating func admit(
    device: Endpoint, peer: Endpoint, _ tcp: TCPHeader, payloadLength: Int, at time: UInt64
  ) -> Admission {
    let key = Key(device: device, peer: peer)
    guard var entry = entries[key] else { return .unknown }
    guard entry.stream.take(tcp, payloadLength: payloadLength) else { return .outOfOrder }
    if tcp.flags.contains(.fin) { entry.endedByDevice = true }
    if tcp.flags.contains(.rst) { entry.wasReset = true }
    entry.lastUsed = time
    entries[key] = entry
    return .passes(entry.target)
  }

  /// Who a segment from libslirp comes from, as the device knows it. A SYN from there opens a connection.
  mutating func peer(device: Endpoint, source: Endpoint, _ tcp: TCPHeader, at time: UInt64) -> Endpoint {
    let peer = reversed[Key(device: device, peer: source)] ?? source
    let key = Key(device: device, peer: peer)
    if tcp.flags.contains(.syn), !tcp.flags.contains(.ack), peer == source {
      if entries[key] == nil { makeRoom() }
      entries[key] = Entry(target: source, lastUsed: time)
    }
    guard var entry = entries[key] else { return peer }
    entry.stream.takeAcknowledgement(tcp)
    if tcp.flags.contains(.fin) { entry.endedByPeer = true }
    if tcp.flags.contains(.rst) { entry.wasReset = true }
    entry.lastUsed = time
    entries[key] = entry
    return peer
  }

  private mutating func makeRoom() {
    guard entries.count >= ConnectionTable.limit, let key = entries.keyToEvict else { return }
    remove(key)
  }

  private mutating func remove(_ key: Key) {
    guard let entry = entries.removeValue(forKey: key) else { return }
    if entry.target != key.peer { reversed[Key(device: key.device, peer: entry.target)] = nil }
  }
}
