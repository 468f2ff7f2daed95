// SPDX-License-Identifier: Apache-2.0

extension EqualMutants {
  /// Reads a lab's `equal-mutants.yaml`.
  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - file: its path, as messages are to name it.
  /// - Throws: `LabError` with code `lab.file` that names file, line and column of whatever is not as it has to be.
  public init(yaml: String, file: String) throws {
    self.init(
      try YAMLValue(parsing: yaml, file: file).sequence("a list of equal mutants").map { value in
        let mapping = try value.mapping("an entry")
        try mapping.allow("line", "becomes", "function", "operator", "reason")
        return Entry(
          line: try mapping["line"]?.nonEmptyString("'line'"),
          becomes: try mapping["becomes"]?.nonEmptyString("'becomes'"),
          function: try mapping["function"]?.nonEmptyString("'function'"),
          kind: try mapping["operator"]?.nonEmptyString("'operator'"),
          reason: try mapping.required("reason").nonEmptyString("'reason'"))
      })
  }
}
