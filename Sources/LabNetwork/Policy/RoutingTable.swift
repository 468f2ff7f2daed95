// SPDX-License-Identifier: Apache-2.0

/// What the lab has declared: names, the hosts behind them, and routes.
package struct RoutingTable {
  /// What happens to a new connection of the device.
  package enum Decision: Equatable, Sendable {
    /// It is led to 10.0.2.2 and this port, which libslirp takes for 127.0.0.1.
    case peer(Endpoint)
    /// It is answered with RST.
    case refused
    /// It is swallowed: the lab made it silent.
    case silent
    /// It is swallowed: nothing is declared there.
    case closed
  }

  private struct Destination: Hashable {
    var address: IPv4Address?
    var port: UInt16
  }

  private struct Route {
    var target: RouteTarget
    var gate: RouteGate?
  }

  private var routes: [Destination: Route] = [:]
  private var names: [String: DNSAnswer] = [:]
  private var declared: [IPv4Address: Int] = [:]

  package init() {}

  package mutating func declare(_ name: String, _ answer: DNSAnswer) {
    let key = RoutingTable.canonical(name)
    if case .addresses(let old)? = names[key] {
      for address in old {
        declared[address, default: 1] -= 1
        if declared[address] == 0 { declared[address] = nil }
      }
    }
    names[key] = answer
    if case .addresses(let new) = answer {
      for address in new { declared[address, default: 0] += 1 }
    }
  }

  package mutating func route(address: IPv4Address?, port: UInt16, _ target: RouteTarget) {
    var route = Route(target: target)
    if case .afterAttempts(let count, _, _) = target { route.gate = RouteGate(count: count) }
    routes[Destination(address: address, port: port)] = route
  }

  package mutating func unroute(address: IPv4Address?, port: UInt16) {
    routes[Destination(address: address, port: port)] = nil
  }

  package mutating func forgetNames() {
    names = [:]
    declared = [:]
  }

  /// What a name resolves to. Names that were not declared do not exist.
  package func answer(for name: String) -> DNSAnswer { names[RoutingTable.canonical(name)] ?? .nxdomain }

  /// Whether a host is there: the lab's own, and those that declared names lead to.
  package func exists(_ address: IPv4Address) -> Bool {
    address == NetworkPlan.host || address == NetworkPlan.nameServer || declared[address] != nil
  }

  /// Decides about a SYN of the device with this sequence number.
  package mutating func decision(for id: ConnectionID, sequence: UInt32) -> Decision {
    let peer = id.peer
    guard RoutingTable.isUnicast(peer.address) else { return .closed }
    let own = Destination(address: peer.address, port: peer.port)
    let key = routes[own] == nil ? Destination(address: nil, port: peer.port) : own
    switch routes[key]?.target {
    case .peer(let port): return .peer(Endpoint(NetworkPlan.host, port))
    case .refused: return .refused
    case .silent: return .silent
    case .afterAttempts(_, let gate, let port):
      guard routes[key]?.gate?.turnsAway(id, sequence: sequence) == true else {
        return .peer(Endpoint(NetworkPlan.host, port))
      }
      return gate == .refused ? .refused : .silent
    case nil: return exists(peer.address) ? .refused : .closed
    }
  }

  /// Takes note that the device has started anew.
  mutating func deviceStarted() {
    for key in routes.keys { routes[key]?.gate?.deviceStarted() }
  }

  private static func canonical(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }

  /// Whether an address is one host's, elsewhere: not of network 0 or 127, not multicast or above, not in the device's own
  /// network but for ours.
  private static func isUnicast(_ address: IPv4Address) -> Bool {
    let first = address.value >> 24
    let isLocal = address.value & NetworkPlan.mask.value == NetworkPlan.network.value
    return first != 0 && first != 127 && first < 224
      && (!isLocal || address == NetworkPlan.host || address == NetworkPlan.nameServer)
  }
}
