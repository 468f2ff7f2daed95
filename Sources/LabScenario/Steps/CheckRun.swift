// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel

/// Runs the steps of one check against the running device. What they open or change ends with the check.
actor CheckRun {
  let record: RunRecord
  let device: any DeviceUnderTest
  /// What had been recorded when the check began, or the device was last restarted by a step.
  var start = RecordPosition()
  /// How many attempts of the device are over for this check: a step has taken them, or they are from before it.
  var takenAttempts = 0
  /// The servers that no connection has come to, where that was left open.
  var idleServers: Set<String> = []
  /// From where on the console is looked at, and from where on by `next`.
  var console = RecordPosition()
  var nextLine = 0
  /// What variables stand for, as far as it is known.
  var variables: [Placeholder: String] = [:]
  /// The connection that each client opened, and that each server accepted last.
  var connections: [String: PeerConnection] = [:]
  /// How many keep-alive probes steps have taken, by the connection's stream.
  var takenProbes: [Int: Int] = [:]
  /// What each client and server has sent on its connection, piece by piece.
  var messages: [String: [SentMessage]] = [:]
  /// All connections that are to be closed.
  var open: [PeerConnection] = []
  var servers: [ServedPort] = []
  var network = NetworkChanges()
  /// What goes on while the next steps run: typing, and servers that open later.
  var background: [Task<Void, Never>] = []

  /// - Parameters:
  ///   - record: the run's record.
  ///   - device: the running device.
  init(record: RunRecord, device: any DeviceUnderTest) {
    self.record = record
    self.device = device
  }

  /// Takes the steps in order.
  /// - Throws: `StepFailure` for the first step that the device does not live up to; `LabError` when the lab fails.
  /// - Returns: what was seen of attempts that may come or not.
  func run(_ steps: [Step]) async throws -> String? {
    begin(at: await record.position)
    var succeeded = 0
    variables[Placeholder(Placeholder.device, .address)] = await record.deviceAddress
    do {
      for step in steps {
        try await takeTelling(step)
        succeeded += 1
      }
    } catch var failure as StepFailure {
      failure.succeeded = succeeded
      // A device whose surroundings are gone has failed at nothing. And what has happened until now explains the failure, even where the host is
      // late to hear of it.
      try await device.confirm()
      await complete(&failure)
      try await finish()
      throw failure
    } catch {
      try? await finish()
      throw error
    }
    try await finish()
    return await dialCount(in: steps)
  }

  /// Lets nothing from before a moment count.
  func begin(at position: RecordPosition) {
    start = position
    takenAttempts = position.attempts
    console = position
    nextLine = position.lines
  }

  /// Takes a step, and tells in its failure whom it was about, and in the lab file's own words what was expected.
  private func takeTelling(_ step: Step) async throws {
    do {
      try await take(step)
    } catch var failure as StepFailure {
      failure.facts.peer = step.action.peer
      if let expected = step.expected { failure.expected = try filled(expected) }
      throw failure
    }
  }

  func take(_ step: Step) async throws {
    switch step.action {
    case .device(let action): try await take(action, within: step.within)
    case .client(let name, .connect(let port, let window)):
      try await connect(name, to: port, window: window, within: step.within)
    case .client(let name, .stream(let action)): try await take(action, by: name, within: step.within)
    case .server(let name, .stream) where idleServers.contains(name): break
    case .server(let name, .stream(let action)): try await take(action, by: name, within: step.within)
    case .server(let name, .listen(let listening)): try await listen(name, listening)
    case .server(let name, .accept(let isOptional)):
      try await accept(name, isOptional: isOptional, within: step.within)
    case .server(let name, .stop): try await stop(name)
    case .uart(let action): try await take(action, within: step.within)
    case .network(let action): try await take(action)
    case .wait(let duration): try await record.pass(duration)
    }
  }

  /// Adds what hints may ask for.
  private func complete(_ failure: inout StepFailure) async {
    let attempts = await record.connections.attempts.dropFirst(start.attempts)
    failure.facts.dialled = attempts.map(\.destination)
    failure.facts.attempts = attempts.count {
      failure.facts.dialledPort == nil || $0.destination.port == failure.facts.dialledPort
    }
    failure.facts.resolved = await record.queries.dropFirst(start.queries).map(\.name)
    failure.facts.variables = variables
    for (name, connection) in connections {
      guard let facts = await record.facts(connection.key) else { continue }
      if facts.isLeftOpen { failure.facts.leftOpen.insert(name) }
      if !facts.probes.isEmpty { failure.facts.probed.insert(name) }
    }
  }

  private func finish() async throws {
    for task in background { task.cancel() }
    // Without the faults first: what ends a connection is to get through.
    try await undoNetwork()
    try await endUnanswered()
    for connection in open {
      await connection.socket.close()
      await record.closeStream(connection.stream)
    }
    await closeServers()
    for task in background { await task.value }
  }

  /// Fills in the variables of a text.
  func filled(_ text: String) throws -> String {
    guard let filled = Placeholder.fill(text, with: { variables[$0] }) else { throw unknownVariables(in: text) }
    return filled
  }

  /// A pattern with its variables filled in.
  /// - Parameters:
  ///   - text: the pattern.
  ///   - isForConsole: whether it is looked for in lines of the console, in which control codes and invisible characters are made displayable.
  /// - Throws: `StepFailure` if the device has sent too much to look for that.
  func pattern(_ text: String, isForConsole: Bool = false) throws -> Pattern {
    let filled = Placeholder.fill(pattern: text) { placeholder in
      guard var value = variables[placeholder], isForConsole else { return variables[placeholder] }
      while value.last?.isNewline == true { value.removeLast() }
      return displayable(Array(value.utf8))
    }
    guard let filled else {
      throw unknownVariables(in: text)
    }
    guard filled.utf8.count <= Pattern.longest || filled == text else {
      throw StepFailure(
        expected: "what the device sent is short enough to be looked for, in a pattern of \(Pattern.longest) bytes",
        seen: "/\(text)/ would have \(filled.utf8.count) bytes")
    }
    return try Pattern(lab: filled)
  }

  private func unknownVariables(in text: String) -> LabError {
    let unknown = Placeholder.all(in: text).filter { variables[$0] == nil }.map(\.description)
    return LabError(
      code: "lab.variable", message: "\(unknown.joined(separator: ", ")) is not known yet when a step uses it",
      remedy: "Use it after the client has connected, or the server has accepted.", isUsage: true)
  }
}
