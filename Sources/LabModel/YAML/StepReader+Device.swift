// SPDX-License-Identifier: Apache-2.0

extension StepReader {
  func deviceAction(_ verb: YAMLValue, _ mapping: YAMLMapping) throws -> DeviceAction {
    switch try verb.string("'device'") {
    case "address":
      try mapping.allow("device", "within")
      return .address
    case "listens":
      try mapping.allow("device", "port", "within")
      return .listens(port: try context.devicePort(try mapping.required("port"), "'port'"))
    case "restart":
      try mapping.allow("device")
      return .restart
    case "dials":
      try mapping.allow("device", "port", "after", "at_least", "tolerance", "optional", "within")
      return .dials(try dialExpectation(mapping))
    case "quiet":
      try mapping.allow("device", "port", "for")
      return .quiet(
        port: try mapping.required("port").port("'port'"),
        duration: try mapping.required("for").duration("'for'"))
    case "idles":
      try mapping.allow("device", "for")
      return .idles(try mapping.required("for").duration("'for'"))
    case let other:
      throw verb.unknown("device step", other, among: ["address", "listens", "restart", "dials", "quiet", "idles"])
    }
  }

  private func dialExpectation(_ mapping: YAMLMapping) throws -> DialExpectation {
    let tolerance = try mapping["tolerance"]?.duration("'tolerance'")
    let after = try mapping["after"]?.duration("'after'")
    if after == nil, let value = mapping["tolerance"] { throw value.error("'tolerance' needs 'after'") }
    let atLeast = try mapping["at_least"]?.duration("'at_least'")
    if after != nil, let value = mapping["at_least"] { throw value.error("a step has either 'after' or 'at_least'") }
    return DialExpectation(
      port: try mapping.required("port").port("'port'"),
      timing: after.map { .init(after: $0, tolerance: tolerance ?? DialExpectation.Timing.defaultTolerance) }
        ?? atLeast.map { .init(after: $0, tolerance: .milliseconds(0), mayBeLater: true) },
      isOptional: try mapping["optional"]?.boolean("'optional'") ?? false)
  }

  func uartAction(_ verb: YAMLValue, _ mapping: YAMLMapping) throws -> UARTAction {
    switch try verb.string("'uart'") {
    case "send":
      try mapping.allow("uart", "text", "data")
      switch try mapping.exactlyOne(of: "text", "data") {
      case ("text", let value): return .send(.text(try text(value, "'text'")))
      case (_, let value): return .send(.data(try context.data(value, "'data'")))
      }
    case "expect":
      try mapping.allow("uart", "matches", "data", "within", "expected")
      switch try mapping.exactlyOne(of: "matches", "data") {
      case ("matches", let value): return .expect(pattern: try pattern(value, "'matches'"))
      case (_, let value):
        try mapping.allow("uart", "data", "within")
        return .expectData(try context.data(value, "'data'"))
      }
    case "mark":
      try mapping.allow("uart")
      return .mark
    case "next":
      try mapping.allow("uart", "matches", "within", "expected")
      return .next(pattern: try pattern(try mapping.required("matches"), "'matches'"))
    case "once":
      try mapping.allow("uart", "matches", "since_attempt", "expected")
      return .once(
        pattern: try pattern(try mapping.required("matches"), "'matches'"),
        sinceAttempt: try mapping["since_attempt"]?.port("'since_attempt'"))
    case "absent":
      try mapping.allow("uart", "matches", "leftover_of", "unsent_of", "expected")
      switch try mapping.exactlyOne(of: "matches", "leftover_of", "unsent_of") {
      case ("matches", let value): return .absent(pattern: try pattern(value, "'matches'"))
      case ("leftover_of", let value):
        try mapping.allow("uart", "leftover_of")
        return .absentLeftover(of: try peer(value, "'leftover_of'"))
      case (_, let value):
        try mapping.allow("uart", "unsent_of")
        return .absentUnsent(of: try peer(value, "'unsent_of'"))
      }
    case "attempts":
      try mapping.allow("uart", "port", "delays", "tolerance")
      return .attempts(try attemptLog(mapping))
    case let other:
      throw verb.unknown("uart step", other, among: ["send", "expect", "mark", "next", "once", "absent", "attempts"])
    }
  }

  private func attemptLog(_ mapping: YAMLMapping) throws -> AttemptLogExpectation {
    let value = try mapping.required("delays")
    let delays = try value.sequence("'delays'").map { try $0.duration("a delay") }
    guard (1...10).contains(delays.count) else { throw value.error("'delays' needs one to ten lengths of time") }
    return AttemptLogExpectation(
      port: try mapping.required("port").port("'port'"), delays: delays,
      tolerance: try mapping["tolerance"]?.duration("'tolerance'") ?? DialExpectation.Timing.defaultTolerance)
  }
}
