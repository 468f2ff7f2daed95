// SPDX-License-Identifier: Apache-2.0

extension Hint {
  /// Reads a hint.
  /// - Parameters:
  ///   - value: where it stands.
  ///   - steps: the reader of the check's steps, which knows its actors.
  init(_ value: YAMLValue, after steps: StepReader) throws {
    let mapping = try value.mapping("a hint")
    try mapping.allow("when", "say", "mistake")
    let when = mapping["when"]
    switch try mapping.exactlyOne(of: "say", "mistake") {
    case ("say", let text):
      self.init(
        condition: try HintCondition(try mapping.required("when"), after: steps),
        text: HintText(try text.nonEmptyString("'say'")))
    case (_, let mistakes):
      self.init(
        condition: try when.map { try HintCondition($0, after: steps) } ?? HintCondition(),
        texts: try mistakes.mistakes(in: steps.context.mistakes).map(\.hint))
    }
  }
}

extension HintCondition {
  /// Reads what stands behind `when`.
  init(_ value: YAMLValue, after steps: StepReader) throws {
    let when = try value.mapping("'when'")
    try when.allow(
      "peer", "received", "uart", "ended", "silent", "acknowledged", "left_open", "probed", "dialled", "resolved",
      "attempts", "gap")
    self.init(
      peer: try when["peer"].map { try steps.peer($0, "'peer'") },
      received: try when["received"].map { try steps.pattern($0, "'received'") },
      uart: try when["uart"].map { try steps.pattern($0, "'uart'") },
      ended: try when["ended"]?.choice("end of a connection"),
      silent: try when["silent"]?.boolean("'silent'"),
      acknowledged: try when["acknowledged"]?.boolean("'acknowledged'"),
      leftOpen: try when["left_open"].map { try steps.peer($0, "'left_open'") },
      probed: try when["probed"].map { try steps.peer($0, "'probed'") },
      dialled: try when["dialled"]?.dialledPattern(),
      resolved: try when["resolved"]?.resolvedName(),
      attempts: try when["attempts"]?.countComparison(),
      gap: try when["gap"]?.choice("gap between attempts"))
    guard self != HintCondition() else { throw value.error("'when' needs at least one condition") }
  }
}

extension YAMLValue {
  /// The hints of a check, of which the first that applies is given: each has to have a case of its own.
  /// - Parameter steps: the reader of the check's steps, which knows its actors.
  func hints(after steps: StepReader) throws -> [Hint] {
    var hints: [Hint] = []
    for value in try sequence("'hints'") {
      let hint = try Hint(value, after: steps)
      if let earlier = hints.firstIndex(where: { $0.condition.holdsWherever(hint.condition) }) {
        throw value.error(
          "this hint is never given: hint \(earlier + 1) of the check, before it, applies wherever this one does",
          remedy: "Put it before that one, or leave it out.")
      }
      hints.append(hint)
    }
    return hints
  }

  /// The mistakes that a hint names: one, or several in order of likelihood.
  fileprivate func mistakes(in catalogue: MistakeCatalogue) throws -> [Mistake] {
    let values: [YAMLValue]
    if case .sequence = node { values = try sequence("'mistake'") } else { values = [self] }
    guard !values.isEmpty else { throw error("'mistake' needs at least one mistake") }
    return try values.map { value in
      let id = try value.nonEmptyString("a mistake")
      guard let mistake = catalogue[id] else {
        var failure = value.unknown("mistake", id, among: catalogue.ids)
        if catalogue.ids.isEmpty { failure.remedy = "There are no mistakes in labs/mistakes." }
        throw failure
      }
      return mistake
    }
  }

  fileprivate func dialledPattern() throws -> DialledPattern {
    let text = try string("'dialled'")
    guard let pattern = DialledPattern(text) else {
      throw error(
        "'dialled' has to be an address and a port, not '\(text)'",
        remedy: "Write it as 93.184.216.34:*, *:37392 or 10.0.2.2:5000.")
    }
    return pattern
  }

  fileprivate func resolvedName() throws -> ResolvedName {
    let name = try nonEmptyString("'resolved'")
    return name == "nothing" ? .nothing : .name(name)
  }

  fileprivate func countComparison() throws -> CountComparison {
    let text = try string("'attempts'")
    guard let comparison = CountComparison(text) else {
      throw error("'attempts' has to compare with a number, not '\(text)'", remedy: "Write it as '0', '<5' or '>=6'.")
    }
    return comparison
  }
}
