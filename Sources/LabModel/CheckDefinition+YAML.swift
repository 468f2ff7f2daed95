// SPDX-License-Identifier: Apache-2.0

extension CheckDefinition {
  /// Reads a check.
  /// - Parameter earlier: the checks that stand before it, the only ones that it can need.
  init(_ value: YAMLValue, after earlier: [CheckDefinition]) throws {
    let mapping = try value.mapping("a check")
    try mapping.allow("id", "title", "points", "needs", "steps", "never", "hints")
    let id = try mapping.required("id").nonEmptyString("'id'")
    guard !earlier.contains(where: { $0.id == id }) else {
      throw try mapping.required("id").error("there are two checks named '\(id)'")
    }
    let method: Method
    switch try mapping.exactlyOne(of: "steps", "never") {
    case ("steps", let steps): method = .steps(try steps.steps())
    case (_, let mishaps):
      let list: [Mishap] = try mishaps.sequence("'never'").map { try $0.choice("mishap") }
      guard !list.isEmpty else { throw mishaps.error("'never' needs at least one mishap") }
      method = .never(list)
    }
    self.init(
      id: id,
      title: try mapping.required("title").nonEmptyString("'title'"),
      points: try mapping.required("points").integer("'points'", in: 0...1000),
      needs: try mapping["needs"]?.sequence("'needs'").map { need in
        let name = try need.string("a needed check")
        guard earlier.contains(where: { $0.id == name }) else {
          throw need.unknown("earlier check", name, among: earlier.map(\.id))
        }
        return name
      } ?? [],
      method: method,
      hints: try mapping["hints"]?.sequence("'hints'").map(Hint.init) ?? [])
  }
}

extension Hint {
  /// Reads a hint.
  init(_ value: YAMLValue) throws {
    let mapping = try value.mapping("a hint")
    try mapping.allow("when", "say")
    let when = try mapping.required("when").mapping("'when'")
    try when.allow("received", "uart", "ended", "silent")
    let condition = Condition(
      received: try when["received"]?.pattern("'received'"),
      uart: try when["uart"]?.pattern("'uart'"),
      ended: try when["ended"]?.choice("end of a connection"),
      silent: try when["silent"]?.boolean("'silent'"))
    guard condition != Condition() else { throw when.value.error("'when' needs at least one condition") }
    self.init(condition: condition, text: try mapping.required("say").nonEmptyString("'say'"))
  }
}
