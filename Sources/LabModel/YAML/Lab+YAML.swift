// SPDX-License-Identifier: Apache-2.0

extension Lab {
  /// Reads a lab file.
  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - file: its path, as messages are to name it.
  ///   - mistakes: the catalogue that hints may refer to.
  /// - Throws: `LabError` with code `lab.file` that names file, line and column of whatever is not as it has to be.
  public init(yaml: String, file: String, mistakes: MistakeCatalogue = MistakeCatalogue()) throws {
    let mapping = try YAMLValue(parsing: yaml, file: file).mapping("a lab")
    try mapping.allow("lab", "name", "title", "firmware", "forward", "names", "data", "time_limit", "checks")
    let checks = try mapping.required("checks").sequence("'checks'")
    guard !checks.isEmpty else { throw try mapping.required("checks").error("a lab needs at least one check") }
    let context = LabFileContext(
      forward: try mapping["forward"]?.sequence("'forward'").map { try $0.port("a forwarded port") } ?? [],
      data: try mapping["data"]?.data() ?? [:],
      mistakes: mistakes,
      checks: checks.compactMap { try? $0.mapping("a check")["id"]?.string("'id'") })
    var definitions: [CheckDefinition] = []
    for check in checks { definitions.append(try CheckDefinition(check, after: definitions, in: context)) }
    self.init(
      id: try mapping.required("lab").nonEmptyString("'lab'"),
      name: try mapping.required("name").nonEmptyString("'name'"),
      title: try mapping.required("title").nonEmptyString("'title'"),
      firmware: try mapping.required("firmware").folderName("'firmware'"),
      forward: context.forward,
      names: try mapping["names"]?.names() ?? [:],
      timeLimit: try mapping["time_limit"]?.duration("'time_limit'") ?? .seconds(60),
      checks: definitions,
      mistakes: mistakes)
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

  /// The names that the lab's name server knows.
  fileprivate func names() throws -> [String: NameAnswer] {
    try mapping("'names'").entries.mapValues { try $0.nameAnswer("a name's answer") }
  }

  /// The byte strings, by name.
  fileprivate func data() throws -> [String: LabData] {
    let mapping = try mapping("'data'")
    return try Dictionary(
      uniqueKeysWithValues: mapping.entries.map { name, value in (name, try value.data(named: name)) })
  }

  /// A byte string.
  /// - Parameter name: what the lab file calls it; empty where it stands in a step.
  func data(named name: String) throws -> LabData {
    let mapping = try mapping(name.isEmpty ? "data" : "the data '\(name)'")
    switch try mapping.exactlyOne(of: "text", "hex", "bytes") {
    case ("text", let text):
      try mapping.allow("text")
      return LabData(name: name, text: try text.nonEmptyString("'text'"))
    case ("hex", let digits):
      try mapping.allow("hex")
      return LabData(name: name, bytes: try digits.hexadecimal("'hex'"))
    case (_, let count):
      try mapping.allow("bytes", "seed", "alphabet")
      return LabData(
        name: name, count: try count.integer("'bytes'", in: 1...LabData.maximumLength),
        seed: try mapping["seed"]?.seed() ?? 1, kind: try mapping["alphabet"]?.choice("alphabet") ?? .letters)
    }
  }

  /// Bytes as pairs of hexadecimal digits, with spaces as one likes.
  private func hexadecimal(_ what: String) throws -> [UInt8] {
    let digits = try nonEmptyString(what).filter { !$0.isWhitespace }
    let pairs = stride(from: 0, to: digits.count, by: 2).map { digits.dropFirst($0).prefix(2) }
    let bytes = pairs.compactMap { pair in
      pair.count == 2 && pair.allSatisfy(\.isHexDigit) ? UInt8(pair, radix: 16) : nil
    }
    guard !bytes.isEmpty, bytes.count == pairs.count else {
      throw error("\(what) has to be pairs of hexadecimal digits, such as \"48 69 00\"")
    }
    return bytes
  }
}
