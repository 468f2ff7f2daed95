// SPDX-License-Identifier: Apache-2.0

extension StepReader {
  private static let streamVerbs = [
    "send", "send_data", "expect", "expect_data", "expect_nothing", "expect_close", "expect_probe", "close", "vanish",
    "read",
  ]

  private enum End: String, CaseIterable {
    case fin
    case half
    case reset
  }

  private enum Reading: String, CaseIterable {
    case paused
    case resumed
  }

  func clientAction(_ mapping: YAMLMapping) throws -> ClientAction {
    let (verb, value) = try mapping.exactlyOne(of: ["connect"] + Self.streamVerbs)
    guard verb == "connect" else { return .stream(try streamAction(verb, value, mapping, by: "client")) }
    try mapping.allow("client", "connect", "window", "within")
    return .connect(port: try context.devicePort(value, "'connect'"), window: try mapping["window"]?.window())
  }

  func serverAction(_ mapping: YAMLMapping) throws -> ServerAction {
    let (verb, value) = try mapping.exactlyOne(of: ["listen", "accept", "stop"] + Self.streamVerbs)
    switch verb {
    case "listen":
      try mapping.allow(
        "server", "listen", "address", "window", "refuse_first", "silent_first", "refuse_for", "silent_for")
      return .listen(
        Listening(
          port: try value.port("'listen'"), address: try mapping["address"]?.hostAddress("'address'"),
          gate: try gate(mapping), window: try mapping["window"]?.window()))
    case "accept":
      try mapping.allow("server", "accept", "optional", "within")
      try value.onlyTrue("'accept'")
      return .accept(isOptional: try mapping["optional"]?.boolean("'optional'") ?? false)
    case "stop":
      try mapping.allow("server", "stop")
      try value.onlyTrue("'stop'")
      return .stop
    default: return .stream(try streamAction(verb, value, mapping, by: "server"))
    }
  }

  private func gate(_ mapping: YAMLMapping) throws -> Listening.Gate? {
    let names = ["refuse_first", "silent_first", "refuse_for", "silent_for"]
    guard names.contains(where: { mapping[$0] != nil }) else { return nil }
    let (name, value) = try mapping.exactlyOne(of: names)
    let barrier: Listening.Barrier = name.hasPrefix("refuse") ? .refused : .silent
    return name.hasSuffix("first")
      ? .attempts(try value.integer("'\(name)'", in: 1...1000), barrier)
      : .time(try value.duration("'\(name)'"), barrier)
  }

  private func streamAction(
    _ verb: String, _ value: YAMLValue, _ mapping: YAMLMapping, by actor: String
  ) throws -> StreamAction {
    switch verb {
    case "send":
      try mapping.allow(actor, verb, "acknowledged", "pieces", "within")
      return .send(.text(try text(value, "'send'")), manner: try manner(mapping))
    case "send_data":
      try mapping.allow(actor, verb, "acknowledged", "pieces", "within")
      return .send(.data(try context.data(value, "'send_data'")), manner: try manner(mapping))
    case "expect":
      try mapping.allow(actor, verb, "without", "within", "expected")
      return .expect(
        pattern: try pattern(value, "'expect'"), without: try mapping["without"].map { try pattern($0, "'without'") })
    case "expect_data":
      try mapping.allow(actor, verb, "line_ends", "within")
      let ends: LineEnds = try mapping["line_ends"]?.choice("line end") ?? .exact
      return .expectData(try context.data(value, "'expect_data'"), anyLineEnds: ends == .any)
    case "expect_nothing":
      try mapping.allow(actor, verb)
      return .expectNothing(try value.duration("'expect_nothing'"))
    case "expect_close":
      try mapping.allow(actor, verb, "within")
      try value.onlyTrue("'expect_close'")
      return .expectClose
    case "expect_probe":
      try mapping.allow(actor, verb, "within")
      try value.onlyTrue("'expect_probe'")
      return .expectProbe
    case "vanish":
      try mapping.allow(actor, verb)
      try value.onlyTrue("'vanish'")
      return .vanish
    case "read":
      try mapping.allow(actor, verb)
      let reading: Reading = try value.choice("way to read")
      return .read(paused: reading == .paused)
    default:
      try mapping.allow(actor, verb, "within")
      let end: End = try value.choice("way to close")
      return switch end {
      case .fin: .close
      case .half: .halfClose
      case .reset: .reset
      }
    }
  }

  private func manner(_ mapping: YAMLMapping) throws -> SendManner {
    let isAcknowledged = try mapping["acknowledged"]?.boolean("'acknowledged'") ?? false
    guard let pieces = mapping["pieces"] else { return isAcknowledged ? .acknowledged : .plain }
    if !isAcknowledged, let flag = mapping["acknowledged"] {
      throw flag.error("'pieces' are always acknowledged", remedy: "Leave 'acknowledged' out.")
    }
    return .pieces(of: try pieces.integer("'pieces'", in: 1...65535))
  }
}

/// Whether another line end may have come than was asked for.
private enum LineEnds: String, CaseIterable {
  case exact
  case any
}
