// SPDX-License-Identifier: Apache-2.0

extension Exploration {
  private enum ModelName: String, CaseIterable {
    case echo
    case table
    case rounds
    case printed
    case attempts
  }

  /// Reads what a check's `explore` says.
  init(_ value: YAMLValue, in context: LabFileContext) throws {
    let mapping = try value.mapping("'explore'")
    try mapping.allow(
      "clients", "servers", "model", "logged", "answers", "otherwise", "lines", "asked", "typed", "delays", "tolerance",
      "conversations", "seed", "within", "quiet")
    let name: ModelName = try mapping.required("model").choice("model")
    let model: Model
    switch name {
    case .echo:
      try mapping.allow("clients", "model", "logged", "conversations", "seed", "within")
      _ = try mapping.required("clients")
      model = .echo(isLogged: try mapping["logged"]?.boolean("'logged'") ?? false)
    case .table:
      try mapping.allow("clients", "model", "answers", "otherwise", "conversations", "seed", "within")
      _ = try mapping.required("clients")
      var answers: [String: Answer] = [:]
      for value in try mapping.required("answers").sequence("'answers'") {
        let entry = try value.mapping("an answer")
        try entry.allow("to", "expect", "expected")
        let line = try entry.required("to").nonEmptyString("'to'")
        guard answers.updateValue(try Answer(entry), forKey: line) == nil else {
          throw value.error("there are two answers to '\(line)'")
        }
      }
      let otherwise = try mapping.required("otherwise").mapping("'otherwise'")
      try otherwise.allow("expect", "expected")
      model = .table(answers: answers, otherwise: try Answer(otherwise))
    case .rounds:
      try mapping.allow("servers", "model", "lines", "conversations", "seed")
      model = .rounds(lines: try mapping.required("lines").integer("'lines'", in: 1...100))
    case .printed:
      try mapping.allow("servers", "model", "asked", "typed", "conversations", "seed", "within", "quiet")
      model = .printed(
        isAsked: try mapping["asked"]?.boolean("'asked'") ?? false,
        isTyped: try mapping["typed"]?.boolean("'typed'") ?? false)
    case .attempts:
      try mapping.allow("servers", "model", "delays", "tolerance", "conversations", "seed")
      let value = try mapping.required("delays")
      let delays = try value.sequence("'delays'").map { try $0.duration("a delay") }
      guard (1...10).contains(delays.count) else { throw value.error("'delays' needs one to ten lengths of time") }
      model = .attempts(
        delays: delays,
        tolerance: try mapping["tolerance"]?.duration("'tolerance'") ?? DialExpectation.Timing.defaultTolerance)
    }
    let port =
      if let clients = mapping["clients"] { try context.devicePort(clients, "'clients'") } else {
        try mapping.required("servers").port("'servers'")
      }
    // A device that is started anew leaves its connection behind, and the network holds 200 of them for some time.
    let most = if case .attempts = model { 150 } else { 2000 }
    self.init(
      conversations: try mapping["conversations"]?.integer("'conversations'", in: 1...most) ?? 40,
      seed: try mapping["seed"]?.seed() ?? 1,
      port: port, model: model,
      within: try mapping["within"]?.duration("'within'") ?? .seconds(1),
      quiet: try mapping["quiet"]?.duration("'quiet'"))
  }
}

extension Exploration.Answer {
  fileprivate init(_ mapping: YAMLMapping) throws {
    let pattern = try mapping.required("expect")
    let text = try pattern.nonEmptyString("'expect'")
    try pattern.checkPattern(text, "'expect'")
    self.init(pattern: text, expected: try mapping.required("expected").nonEmptyString("'expected'"))
  }
}
