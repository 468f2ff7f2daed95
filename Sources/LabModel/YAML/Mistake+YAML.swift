// SPDX-License-Identifier: Apache-2.0

extension Mistake {
  /// Reads a file of the catalogue.
  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - file: its path, as messages are to name it.
  /// - Throws: `LabError` with code `lab.file` that names file, line and column of whatever is not as it has to be.
  public init(yaml: String, file: String) throws {
    let mapping = try YAMLValue(parsing: yaml, file: file).mapping("a mistake")
    try mapping.allow("mistake", "title", "wire", "uart", "hint", "hint_swift", "chapter", "shown")
    let shown = try mapping.required("shown").mapping("'shown'")
    try shown.allow("lab", "submission")
    self.init(
      id: try mapping.required("mistake").nonEmptyString("'mistake'"),
      title: try mapping.required("title").nonEmptyString("'title'"),
      wire: try mapping.required("wire").nonEmptyString("'wire'"),
      uart: try mapping.required("uart").nonEmptyString("'uart'"),
      hint: HintText(
        try mapping.required("hint").nonEmptyString("'hint'"),
        swift: try mapping["hint_swift"]?.nonEmptyString("'hint_swift'")),
      chapter: try mapping["chapter"]?.nonEmptyString("'chapter'"),
      shown: Example(
        lab: try shown.required("lab").nonEmptyString("'lab'"),
        submission: try shown.required("submission").nonEmptyString("'submission'")))
  }
}
