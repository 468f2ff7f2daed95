// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// What the steps of a check have changed about the network.
struct NetworkChanges {
  var impairment = Impairment()
  var areNamesChanged = false
  var areWindowsLimited = false
  /// Ports that steps block.
  var routes: Set<Route> = []

  /// What a route is for.
  struct Route: Hashable {
    var address: HostAddress?
    var port: UInt16
  }
}

/// The network between the device and the lab's peers.
extension CheckRun {
  func take(_ action: NetworkAction) async throws {
    switch action {
    case .delay(let time):
      network.impairment.delay = time.nanoseconds
      try await impair("every frame takes \(time)")
    case .loss(let percent, let seed):
      network.impairment.lossPercent = percent
      network.impairment.seed = seed
      try await impair("\(percent) of 100 frames are lost (seed \(seed))")
    case .reorder(let percent, let seed):
      network.impairment.reorderPercent = percent
      network.impairment.seed = seed
      try await impair("\(percent) of 100 frames are overtaken (seed \(seed))")
    case .clear:
      network.impairment = Impairment()
      try await impair("is in order again")
    case .dns(let name, let answer):
      network.areNamesChanged = true
      await record.add(.lab, "network: the name \(name) now \(answer.summary)")
      try await device.tell([.dns(name: name, answer: DNSAnswer(answer))])
    case .block(let port, let address, let barrier):
      let whom = "\(address.map { "\($0)" } ?? "any address"), port \(port)"
      await record.add(.lab, "network: \(whom) is \(barrier.rawValue)")
      try await route(address, port, RouteTarget(barrier))
    }
  }

  /// Declares a route, which ends with the check.
  func route(_ address: HostAddress?, _ port: UInt16, _ target: RouteTarget) async throws {
    network.routes.insert(.init(address: address, port: port))
    try await device.tell([.route(address: IPv4Address(address), port: port, target: target)])
  }

  /// Limits the window that a peer offers the device.
  func limitWindow(of hostPort: UInt16, to bytes: Int) async throws {
    network.areWindowsLimited = true
    try await device.tell([.window(.hostPort(hostPort), limit: bytes)])
  }

  /// Leaves the network as it was before the check.
  func undoNetwork() async throws {
    let changes = network
    network = NetworkChanges()
    var commands: [NetworkCommand] = []
    if changes.impairment != Impairment() { commands.append(.impair(Impairment())) }
    if changes.areWindowsLimited { commands.append(.forgetWindows) }
    commands += changes.routes.map { .unroute(address: IPv4Address($0.address), port: $0.port) }
    if changes.areNamesChanged {
      commands.append(.forgetNames)
      commands += await device.names.map { .dns(name: $0, answer: DNSAnswer($1)) }
    }
    if !commands.isEmpty { try await device.tell(commands) }
  }

  private func impair(_ what: String) async throws {
    await record.add(.lab, "network: \(what)")
    try await device.tell([.impair(network.impairment)])
  }
}

extension RouteTarget {
  /// Lets nothing through.
  init(_ barrier: Listening.Barrier) {
    self = barrier == .refused ? .refused : .silent
  }
}

extension IPv4Address {
  /// An address of a lab file.
  init?(_ address: HostAddress?) {
    guard let address, let value = IPv4Address(address.description) else { return nil }
    self = value
  }
}

extension DNSAnswer {
  /// An answer of a lab file.
  init(_ answer: NameAnswer) {
    self =
      switch answer {
      case .addresses(let addresses): .addresses(addresses.compactMap { IPv4Address($0) })
      case .nxdomain: .nxdomain
      case .silent: .silent
      }
  }
}

extension NameAnswer {
  /// What becomes of a name, as the end of a sentence.
  fileprivate var summary: String {
    switch self {
    case .addresses(let addresses): "leads to \(addresses.map(\.description).joined(separator: ", "))"
    case .nxdomain: "does not exist"
    case .silent: "is not answered"
    }
  }
}
