// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork

/// The lab's TCP servers, which the device dials.
extension CheckRun {
  func listen(_ name: String, _ listening: Listening) async throws {
    let record = record
    let passings = await record.connections.passings.count
    var server = try ServedPort(name, listening, of: try await device.sockets, after: passings) {
      Task { await record.changed() }
    }
    if let window = listening.window { try await limitWindow(of: server.hostPort, to: window) }
    await record.add(.peer(name), "listens on port \(listening.port)\(listening.summary)")
    learn(name, port: listening.port, address: listening.address?.description)
    let target: RouteTarget
    switch listening.gate {
    case nil: target = .peer(hostPort: server.hostPort)
    case .attempts(let count, let barrier):
      target = .afterAttempts(count, first: barrier == .refused ? .refused : .silent, then: server.hostPort)
    case .time(let duration, let barrier):
      target = RouteTarget(barrier)
      server.opening = opening(server, after: duration)
    }
    servers.append(server)
    await record.serve(servers)
    try await route(listening.address, listening.port, target)
  }

  func accept(_ name: String, isOptional: Bool, within: GuestDuration) async throws {
    guard let index = servers.lastIndex(where: { $0.name == name && $0.until == nil }) else {
      throw LabError(code: "lab.step", message: "the server '\(name)' does not listen", isUsage: true)
    }
    let servers = servers
    let server = servers[index]
    let found = try await record.wait(within) { record -> Arrival? in
      let passed = record.connections.passed(to: server, among: servers)
      guard let arrival = server.arrival(server.taken), passed.count > server.taken else { return nil }
      let attempt = passed[server.taken]
      guard record.connections[attempt.connection]?.synAck != nil else { return nil }
      return Arrival(attempt: attempt, host: arrival)
    }
    guard let found else {
      guard isOptional, await record.connections.attempts(at: server.listening.port, after: takenAttempts).isEmpty
      else {
        throw await noConnection(to: server, within: within)
      }
      idleServers.insert(name)
      return
    }
    idleServers.remove(name)
    server.handOver(server.taken)
    self.servers[index].taken += 1
    takenAttempts = max(takenAttempts, found.attempt.index + 1)
    await adopt(found, for: server)
  }

  func stop(_ name: String) async throws {
    guard let index = servers.lastIndex(where: { $0.name == name && $0.until == nil }) else { return }
    let server = servers[index]
    await record.add(.peer(name), "listens no longer")
    server.opening?.cancel()
    let route = NetworkChanges.Route(address: server.listening.address, port: server.listening.port)
    network.routes.remove(route)
    try await device.tell([.unroute(address: IPv4Address(route.address), port: route.port)])
    servers[index].until = await record.connections.passings.count
    await record.serve(servers)
    server.close()
  }

  /// Aborts what came and was not accepted: the device that dialled it has been restarted.
  func dropArrivals() async {
    for index in servers.indices {
      await awaitArrivals(at: servers[index])
      for connection in servers[index].handOverAll() { connection.abort() }
      servers[index].taken = servers[index].arrived
    }
  }

  /// Waits until the server's socket has every connection that the wire shows: a busy host hands it over late.
  private func awaitArrivals(at server: ServedPort) async {
    let servers = servers
    for _ in 0..<Self.arrivalRounds {
      let passed = await record.connections.passed(to: server, among: servers).count
      if server.arrived >= passed || Task.isCancelled { return }
      try? await Task.sleep(for: .milliseconds(1))
    }
  }

  private static let arrivalRounds = 2000

  func closeServers() async {
    for server in servers {
      server.opening?.cancel()
      server.close()
      for connection in server.handOverAll() { connection.close() }
    }
    servers = []
    await record.serve([])
  }

  /// Opens a server when so much guest time has passed.
  private func opening(_ server: ServedPort, after duration: GuestDuration) -> Task<Void, Never> {
    let record = record
    let device = device
    return Task {
      // A run that cannot go on says so elsewhere.
      let _: Never?? = try? await record.wait(duration, isStep: false) { _ in nil }
      guard !Task.isCancelled else { return }
      await record.add(.peer(server.name), "is open now")
      try? await device.tell([
        .route(
          address: IPv4Address(server.listening.address), port: server.listening.port,
          target: .peer(hostPort: server.hostPort))
      ])
    }
  }

  /// Goes on with a connection of the device.
  private func adopt(_ arrival: Arrival, for server: ServedPort) async {
    let record = record
    let stream = await record.openStream()
    let socket = PeerSocket(arrival.host) { await record.received($0, on: stream) }
    let connection = PeerConnection(
      name: server.name, stream: stream, key: .dialled(arrival.attempt.connection), socket: socket)
    open.append(connection)
    connections[server.name] = connection
    await record.pair(stream, with: connection.key)
    let facts = await record.connections[arrival.attempt.connection]
    learn(server.name, port: server.listening.port, address: "\(arrival.attempt.destination.address)")
    let from = facts.map { " from \($0.id.device)" } ?? ""
    await record.add(.peer(server.name), "accepts the connection\(from)")
  }

  private func noConnection(to server: ServedPort, within: GuestDuration) async -> StepFailure {
    let port = server.listening.port
    let attempts = await record.connections.attempts.dropFirst(takenAttempts)
    let mine = attempts.filter { server.serves($0.destination) }
    let evidence = await dialEvidence(attempts)
    let seen: String
    if mine.isEmpty {
      seen = await dialSummary(attempts, waited: within)
    } else {
      let count = mine.count == 1 ? "1 attempt" : "\(mine.count) attempts"
      seen = "\(count) within \(within), and no connection to the server came of it"
    }
    return StepFailure(
      expected: "the device connects to \(server.listening.address.map { "\($0), " } ?? "")port \(port)", seen: seen,
      evidence: evidence, facts: StepFacts(dialledPort: port))
  }
}

/// A connection of the device, on the wire and on the host.
private struct Arrival: Sendable {
  var attempt: ConnectionLog.Attempt
  var host: SocketStream
}

extension ConnectionLog {
  /// The attempts that came through to a server, in the order in which they did: the order of the connections on the host.
  func passed(to server: ServedPort, among servers: [ServedPort]) -> [Attempt] {
    let narrower = servers.filter { $0.listening.address != nil }
    return passings.enumerated().dropFirst(server.from).compactMap { passing, connection -> Attempt? in
      guard server.listened(at: passing), let attempt = attempt(of: connection), server.serves(attempt.destination)
      else { return nil }
      // A server at just this address comes before one for all addresses.
      let isTaken =
        server.listening.address == nil
        && narrower.contains { $0.serves(attempt.destination) && $0.listened(at: passing) }
      return isTaken ? nil : attempt
    }
  }
}

extension Listening {
  /// Address and gate, as the end of a sentence.
  fileprivate var summary: String {
    let place = address.map { " of \($0)" } ?? ""
    return switch gate {
    case nil: place
    case .attempts(let count, let barrier): "\(place); the first \(count) attempts are \(barrier.summary)"
    case .time(let duration, let barrier): "\(place); for \(duration) attempts are \(barrier.summary)"
    }
  }
}

extension Listening.Barrier {
  fileprivate var summary: String { self == .refused ? "refused" : "not answered" }
}
