// SPDX-License-Identifier: Apache-2.0

extension CheckDefinition {
  /// Reads a check.
  /// - Parameters:
  ///   - value: where it stands.
  ///   - earlier: the checks that stand before it, the only ones that it can need.
  ///   - context: what it may refer to.
  init(_ value: YAMLValue, after earlier: [CheckDefinition], in context: LabFileContext) throws {
    let mapping = try value.mapping("a check")
    try mapping.allow("id", "title", "points", "needs", "steps", "never", "hints")
    let id = try mapping.required("id").nonEmptyString("'id'")
    guard !earlier.contains(where: { $0.id == id }) else {
      throw try mapping.required("id").error("there are two checks named '\(id)'")
    }
    var reader = StepReader(context: context)
    let method: Method
    switch try mapping.exactlyOne(of: "steps", "never") {
    case ("steps", let steps): method = .steps(try reader.steps(steps))
    case (_, let mishaps):
      let list: [Mishap] = try mishaps.sequence("'never'").map { try $0.choice("mishap") }
      guard !list.isEmpty else { throw mishaps.error("'never' needs at least one mishap") }
      method = .never(list)
    }
    self.init(
      id: id,
      title: try mapping.required("title").nonEmptyString("'title'"),
      points: try mapping.required("points").integer("'points'", in: 0...1000),
      needs: try mapping["needs"]?.sequence("'needs'").map {
        try $0.neededCheck(by: id, earlier: earlier.map(\.id), all: context.checks)
      } ?? [],
      method: method,
      hints: try mapping["hints"]?.sequence("'hints'").map { try Hint($0, after: reader) } ?? [])
  }
}

extension YAMLValue {
  /// The id of a check that another one needs: it has to stand before that.
  fileprivate func neededCheck(by id: String, earlier: [String], all: [String]) throws -> String {
    let name = try string("a needed check")
    if earlier.contains(name) { return name }
    if name == id { throw error("the check '\(id)' needs itself", remedy: "Leave it out of 'needs'.") }
    if all.contains(name) {
      throw error(
        "the check '\(id)' needs '\(name)', which stands after it",
        remedy: "A check can only need what stands before it.")
    }
    throw unknown("earlier check", name, among: earlier)
  }
}
