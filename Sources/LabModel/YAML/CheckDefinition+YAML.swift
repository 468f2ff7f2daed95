// SPDX-License-Identifier: Apache-2.0

extension CheckDefinition {
  /// Reads a check.
  /// - Parameters:
  ///   - value: where it stands.
  ///   - earlier: the checks that stand before it, the only ones that it can need.
  ///   - context: what it may refer to.
  init(_ value: YAMLValue, after earlier: [CheckDefinition], in context: LabFileContext) throws {
    let mapping = try value.mapping("a check")
    try mapping.allow(
      "id", "title", "points", "needs", "steps", "explore", "never", "hints", "visibility", "hint_after")
    let id = try mapping.required("id").nonEmptyString("'id'")
    guard !earlier.contains(where: { $0.id == id }) else {
      throw try mapping.required("id").error("there are two checks named '\(id)'")
    }
    var reader = StepReader(context: context)
    let method: Method
    switch try mapping.exactlyOne(of: "steps", "explore", "never") {
    case ("steps", let steps): method = .steps(try reader.steps(steps))
    case ("explore", let exploration): method = .explore(try Exploration(exploration, in: context))
    case (_, let mishaps):
      let list: [Mishap] = try mishaps.sequence("'never'").map { try $0.choice("mishap") }
      guard !list.isEmpty else { throw mishaps.error("'never' needs at least one mishap") }
      method = .never(list)
    }
    let visibility: Visibility = try mapping["visibility"]?.choice("visibility") ?? .student
    if visibility == .instructor, let waiting = mapping["hint_after"] {
      throw waiting.error("'hint_after' says when a student sees a hint, and students do not see the check '\(id)'")
    }
    self.init(
      id: id,
      title: try mapping.required("title").nonEmptyString("'title'"),
      points: try mapping.required("points").integer("'points'", in: 0...1000),
      needs: try mapping["needs"]?.sequence("'needs'").map {
        try $0.neededCheck(by: id, visibleTo: visibility, earlier: earlier, all: context.checks)
      } ?? [],
      method: method,
      hints: try mapping["hints"]?.hints(after: reader) ?? [],
      visibility: visibility,
      hintAfter: try mapping["hint_after"]?.integer("'hint_after'", in: 1...1000) ?? 1)
  }
}

extension YAMLValue {
  /// The id of a check that another one needs: it has to stand before that, and not be hidden from those who see that.
  fileprivate func neededCheck(
    by id: String, visibleTo reader: Visibility, earlier: [CheckDefinition], all: [String]
  ) throws -> String {
    let name = try string("a needed check")
    if let needed = earlier.first(where: { $0.id == name }) {
      guard reader == .instructor || needed.visibility == .student else {
        throw error(
          "the check '\(id)' needs '\(name)', which students do not see",
          remedy: "A student has to be able to see why a check was skipped.")
      }
      return name
    }
    if name == id { throw error("the check '\(id)' needs itself", remedy: "Leave it out of 'needs'.") }
    if all.contains(name) {
      throw error(
        "the check '\(id)' needs '\(name)', which stands after it",
        remedy: "A check can only need what stands before it.")
    }
    throw unknown("earlier check", name, among: earlier.map(\.id))
  }
}
