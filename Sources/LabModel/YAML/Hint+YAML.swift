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
    try when.allow(HintClause.Name.allCases.map(\.rawValue))
    self.init(
      Set(
        try HintClause.Name.allCases.compactMap { name in
          try when[name.rawValue].map { try HintClause(name, $0, after: steps) }
        }))
    guard !clauses.isEmpty else { throw value.error("'when' needs at least one condition") }
  }
}

extension HintClause {
  /// Reads the value of a clause.
  fileprivate init(_ name: Name, _ value: YAMLValue, after steps: StepReader) throws {
    let what = "'\(name.rawValue)'"
    self =
      switch name {
      case .peer: .peer(try steps.peer(value, what))
      case .received: .received(try steps.pattern(value, what))
      case .uart: .uart(try steps.pattern(value, what))
      case .ended: .ended(try value.choice("end of a connection"))
      case .silent: .silent(try value.boolean(what))
      case .acknowledged: .acknowledged(try value.boolean(what))
      case .leftOpen: .leftOpen(try steps.peer(value, what))
      case .probed: .probed(try steps.peer(value, what))
      case .dialled: .dialled(try value.dialledPattern())
      case .resolved: .resolved(try value.resolvedName())
      case .attempts: .attempts(try value.countComparison())
      case .gap: .gap(try value.choice("gap between attempts"))
      }
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
