// SPDX-License-Identifier: Apache-2.0

extension YAMLValue {
  /// Reads a list of steps, and that clients connect before they do anything else.
  func steps() throws -> [Step] {
    let values = try sequence("'steps'")
    guard !values.isEmpty else { throw error("'steps' needs at least one step") }
    var connected: Set<String> = []
    return try values.map { value in
      let step = try Step(value)
      if case .client(let name, let action) = step.action {
        if case .connect = action {
          guard connected.insert(name).inserted else {
            throw value.error("the client '\(name)' is connected already")
          }
        } else if !connected.contains(name) {
          throw value.error("the client '\(name)' has not connected in this check")
        }
      }
      return step
    }
  }
}

extension Step {
  /// Reads a step: one actor, and what it does.
  init(_ value: YAMLValue) throws {
    let mapping = try value.mapping("a step")
    let action: StepAction
    switch try mapping.exactlyOne(of: "device", "client", "uart", "wait") {
    case ("device", let verb): action = .device(try DeviceAction(verb, mapping))
    case ("client", let name):
      action = .client(try name.nonEmptyString("the client's name"), try ClientAction(mapping))
    case ("uart", let verb): action = .uart(try UARTAction(verb, mapping))
    case (_, let duration):
      try mapping.allow("wait")
      action = .wait(try duration.duration("'wait'"))
    }
    self.init(
      action, within: try mapping["within"]?.duration("'within'") ?? Step.defaultWithin, line: value.line)
  }
}

extension DeviceAction {
  fileprivate init(_ verb: YAMLValue, _ mapping: YAMLMapping) throws {
    switch try verb.string("'device'") {
    case "address":
      try mapping.allow("device", "within")
      self = .address
    case "listens":
      try mapping.allow("device", "port", "within")
      self = .listens(port: try mapping.required("port").port("'port'"))
    case let other: throw verb.unknown("device step", other, among: ["address", "listens"])
    }
  }
}

extension UARTAction {
  fileprivate init(_ verb: YAMLValue, _ mapping: YAMLMapping) throws {
    switch try verb.string("'uart'") {
    case "send":
      try mapping.allow("uart", "text", "within")
      self = .send(Array(try mapping.required("text").nonEmptyString("'text'").utf8))
    case "expect":
      try mapping.allow("uart", "matches", "within")
      self = .expect(pattern: try mapping.required("matches").pattern("'matches'"))
    case let other: throw verb.unknown("uart step", other, among: ["send", "expect"])
    }
  }
}

extension ClientAction {
  private enum End: String, CaseIterable {
    case fin
    case half
    case reset
  }

  fileprivate init(_ mapping: YAMLMapping) throws {
    switch try mapping.exactlyOne(of: "connect", "send", "expect", "expect_close", "close") {
    case ("connect", let port):
      try mapping.allow("client", "connect", "within")
      self = .connect(port: try port.port("'connect'"))
    case ("send", let text):
      try mapping.allow("client", "send", "acknowledged", "within")
      self = .send(
        Array(try text.nonEmptyString("'send'").utf8),
        acknowledged: try mapping["acknowledged"]?.boolean("'acknowledged'") ?? false)
    case ("expect", let pattern):
      try mapping.allow("client", "expect", "without", "within")
      self = .expect(
        pattern: try pattern.pattern("'expect'"), without: try mapping["without"]?.pattern("'without'"))
    case ("expect_close", let flag):
      try mapping.allow("client", "expect_close", "within")
      guard try flag.boolean("'expect_close'") else { throw flag.error("'expect_close' can only be true") }
      self = .expectClose
    case (_, let how):
      try mapping.allow("client", "close", "within")
      let end: End = try how.choice("way to close")
      switch end {
      case .fin: self = .close
      case .half: self = .halfClose
      case .reset: self = .reset
      }
    }
  }
}
