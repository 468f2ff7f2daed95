// SPDX-License-Identifier: Apache-2.0

extension Lab {
  /// Reads a lab file.
  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - file: its path, as messages are to name it.
  /// - Throws: `LabError` with code `lab.file` that names file, line and column of whatever is not as it has to be.
  public init(yaml: String, file: String) throws {
    let mapping = try YAMLValue(parsing: yaml, file: file).mapping("a lab")
    try mapping.allow("lab", "name", "title", "firmware", "forward", "time_limit", "checks")
    let checks = try mapping.required("checks").sequence("'checks'")
    guard !checks.isEmpty else { throw try mapping.required("checks").error("a lab needs at least one check") }
    var definitions: [CheckDefinition] = []
    for check in checks { definitions.append(try CheckDefinition(check, after: definitions)) }
    self.init(
      id: try mapping.required("lab").nonEmptyString("'lab'"),
      name: try mapping.required("name").nonEmptyString("'name'"),
      title: try mapping.required("title").nonEmptyString("'title'"),
      firmware: try mapping.required("firmware").folderName("'firmware'"),
      forward: try mapping["forward"]?.sequence("'forward'").map { try $0.port("a forwarded port") } ?? [],
      timeLimit: try mapping["time_limit"]?.duration("'time_limit'") ?? .seconds(60),
      checks: definitions)
    try refuseUnreachablePorts(checks, file: file)
  }

  private func refuseUnreachablePorts(_ nodes: [YAMLValue], file: String) throws {
    for check in checks {
      guard case .steps(let steps) = check.method else { continue }
      for step in steps {
        guard let port = step.devicePort, !forward.contains(port) else { continue }
        throw LabError(
          code: "lab.file", message: "\(file):\(step.line): port \(port) of the device is not forwarded",
          remedy: "Add it to 'forward'.", isUsage: true)
      }
    }
  }
}

extension Step {
  fileprivate var devicePort: UInt16? {
    switch action {
    case .device(.listens(let port)), .client(_, .connect(let port)): port
    default: nil
    }
  }
}

extension YAMLValue {
  /// The name of a folder directly below another: it cannot lead anywhere else.
  fileprivate func folderName(_ what: String) throws -> String {
    let name = try nonEmptyString(what)
    guard !name.contains("/"), name != ".", name != ".." else {
      throw error("\(what) has to be the name of a folder, not a path: '\(name)'")
    }
    return name
  }
}
