// SPDX-License-Identifier: Apache-2.0

/// Reads the steps of one check.
struct StepReader {
  let context: LabFileContext
  private(set) var actors = ActorTable()

  init(context: LabFileContext) {
    self.context = context
  }

  /// Reads a list of steps, and that each can follow on those before it.
  mutating func steps(_ value: YAMLValue) throws -> [Step] {
    let values = try value.sequence("'steps'")
    guard !values.isEmpty else { throw value.error("'steps' needs at least one step") }
    return try values.map { value in
      let step = try step(value)
      try actors.take(step.action, at: value)
      return step
    }
  }

  private func step(_ value: YAMLValue) throws -> Step {
    let mapping = try value.mapping("a step")
    let action: StepAction
    switch try mapping.exactlyOne(of: "device", "client", "server", "uart", "network", "wait") {
    case ("device", let verb): action = .device(try deviceAction(verb, mapping))
    case ("client", let name):
      action = .client(try name.nonEmptyString("the client's name"), try clientAction(mapping))
    case ("server", let name):
      action = .server(try name.nonEmptyString("the server's name"), try serverAction(mapping))
    case ("uart", let verb): action = .uart(try uartAction(verb, mapping))
    case ("network", let verb): action = .network(try networkAction(verb, mapping))
    case (_, let duration):
      try mapping.allow("wait")
      action = .wait(try duration.duration("'wait'"))
    }
    return Step(
      action, within: try mapping["within"]?.duration("'within'") ?? Step.defaultWithin,
      expected: try mapping["expected"].map { try text($0, "'expected'") }, line: value.line)
  }

  /// A pattern, whose variables may stand for anything.
  func pattern(_ value: YAMLValue, _ what: String) throws -> String {
    let text = try value.nonEmptyString(what)
    try actors.check(text, at: value)
    try value.checkPattern(text, what)
    return text
  }

  /// The name of a client or server of the check.
  func peer(_ value: YAMLValue, _ what: String) throws -> String {
    let name = try value.nonEmptyString(what)
    guard actors.names.contains(name) else { throw value.unknown("client or server", name, among: actors.names) }
    return name
  }

  /// A text with variables.
  func text(_ value: YAMLValue, _ what: String) throws -> String {
    let text = try value.nonEmptyString(what)
    try actors.check(text, at: value)
    return text
  }
}
