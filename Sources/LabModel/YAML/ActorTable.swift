// SPDX-License-Identifier: Apache-2.0

/// The clients and servers of one check, as far as its steps have brought them: tells whether the next step makes sense.
struct ActorTable {
  private enum State: Equatable {
    case client
    case listening(port: UInt16, accepted: Bool)
    case stopped(port: UInt16, accepted: Bool)

    var isClient: Bool { self == .client }
  }

  /// Names that mean something else: in the transcript, or as `${device.address}`.
  private static let reserved = ["device", "lab", "uart", "wire", "network"]

  private var actors: [String: State] = [:]
  /// Ports whose connection attempts a step has looked at.
  private var dialled: Set<UInt16> = []

  /// Those that exist so far.
  var names: [String] { actors.keys.sorted() }

  /// Takes up a step, in the order of the file.
  /// - Parameter value: where it stands.
  /// - Throws: `LabError` where it cannot follow on what came before.
  mutating func take(_ action: StepAction, at value: YAMLValue) throws {
    switch action {
    case .client(let name, .connect): try add(name, .client, at: value)
    case .client(let name, .stream): try expectClient(name, at: value)
    case .server(let name, let action): try take(action, by: name, at: value)
    case .device(.restart):
      // What was connected is gone; what listens stays.
      actors = actors.filter { !$0.value.isClient }
      dialled = []
    case .device(.dials(let dial)):
      guard dial.timing == nil || dialled.contains(dial.port) else {
        throw value.error(
          "'\(dial.timing?.mayBeLater == true ? "at_least" : "after")' has no attempt before it",
          remedy: "Let a {device: dials, port: \(dial.port)} without it stand before it.")
      }
      dialled.insert(dial.port)
    default: break
    }
  }

  /// Checks the variables of a text.
  func check(_ text: String, at value: YAMLValue) throws {
    for reference in Placeholder.references(in: text) {
      guard let placeholder = Placeholder(reference: reference) else {
        let parts = reference.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw value.error(
            "'${\(reference)}' is not a variable", remedy: "Write ${actor.property}, such as ${device.address}.")
        }
        throw value.unknown("property", parts[1], among: Placeholder.Property.allCases.map(\.rawValue))
      }
      if placeholder.actor == Placeholder.device {
        guard placeholder.property == .address else {
          throw value.error("the device has no ${device.\(placeholder.property.rawValue)}, only ${device.address}")
        }
      } else if actors[placeholder.actor] == nil {
        throw value.unknown("actor", placeholder.actor, among: names + [Placeholder.device])
      }
    }
  }

  private mutating func take(_ action: ServerAction, by name: String, at value: YAMLValue) throws {
    switch (action, actors[name]) {
    case (.listen(let listening), let state):
      if case .listening = state { throw value.error("the server '\(name)' listens already") }
      if case .stopped(_, let accepted) = state {
        actors[name] = .listening(port: listening.port, accepted: accepted)
      } else {
        try add(name, .listening(port: listening.port, accepted: false), at: value)
      }
    case (_, nil), (_, .client): throw unknown("server", name, "does not listen in this check", at: value)
    case (.accept, .listening(let port, _)):
      actors[name] = .listening(port: port, accepted: true)
      dialled.insert(port)
    case (.stop, .listening(let port, let accepted)): actors[name] = .stopped(port: port, accepted: accepted)
    case (.accept, .stopped), (.stop, .stopped): throw value.error("the server '\(name)' listens no longer")
    case (.stream, .listening(_, false)), (.stream, .stopped(_, false)):
      throw value.error(
        "the server '\(name)' has accepted no connection in this check",
        remedy: "Let {server: \(name), accept: true} stand before it.")
    case (.stream, .listening), (.stream, .stopped): break
    }
  }

  private func expectClient(_ name: String, at value: YAMLValue) throws {
    guard actors[name]?.isClient != true else { return }
    throw unknown("client", name, "has not connected in this check", at: value)
  }

  private func unknown(_ kind: String, _ name: String, _ problem: String, at value: YAMLValue) -> LabError {
    let others = actors.filter { $0.value.isClient == (kind == "client") }.keys
    if actors[name] != nil {
      return value.error("'\(name)' is a \(kind == "client" ? "server" : "client"), not a \(kind)")
    }
    return value.error(
      "the \(kind) '\(name)' \(problem)", remedy: name.nearest(in: others).map { "Did you mean '\($0)'?" })
  }

  private mutating func add(_ name: String, _ state: State, at value: YAMLValue) throws {
    guard !Self.reserved.contains(name) else {
      throw value.error("'\(name)' cannot be the name of a peer: it means something else", remedy: "Take another name.")
    }
    switch actors[name] {
    case nil: actors[name] = state
    case .client where state.isClient: throw value.error("the client '\(name)' is connected already")
    case .client: throw value.error("'\(name)' is a client in this check", remedy: "Give the server another name.")
    default: throw value.error("'\(name)' is a server in this check", remedy: "Give the client another name.")
    }
  }
}
