// SPDX-License-Identifier: Apache-2.0

extension MutationSite {
  /// Other numbers in place of a literal.
  func numbers(_ others: (Int) -> [Int]) -> [SourceEdit] {
    guard node.kind == "IntegerLiteral", let range = node.token(in: source) else { return [] }
    let digits = source.text(range).prefix { $0.isNumber }
    guard !digits.isEmpty, let number = Int(digits), digits.utf8.count == range.count else { return [] }
    return Set(others(number)).subtracting([number]).sorted().map { SourceEdit(range: range, replacement: "\($0)") }
  }

  /// What is to be brought into the other byte order, as it is.
  var withoutByteOrder: [SourceEdit] {
    let functions = ["htons", "htonl", "ntohs", "ntohl"]
    guard let text, let name = functions.first(where: { text.hasPrefix($0 + "(") }), text.hasSuffix(")"),
      let opening = bytes.map({ $0.lowerBound + name.utf8.count }),
      source.closingParenthesis(after: opening) == bytes.map({ $0.upperBound - 1 })
    else { return [] }
    return replacing(with: String(text.dropFirst(name.count)))
  }

  /// An array that is declared one element shorter, or half as long.
  var shorterArrays: [SourceEdit] {
    guard ["VarDecl", "FieldDecl"].contains(node.kind), node.type?.qualType.hasSuffix("]") == true,
      let name = node.loc?.expanded?.range, let end = bytes?.upperBound,
      let opening = source.bytes[name.upperBound..<end].firstIndex(of: UInt8(ascii: "[")),
      let closing = source.bytes[opening..<end].firstIndex(of: UInt8(ascii: "]")), closing > opening + 1
    else { return [] }
    let size = (opening + 1)..<closing
    return ["\(source.text(size)) - 1", "(\(source.text(size))) / 2"].map { SourceEdit(range: size, replacement: $0) }
  }

  /// A size or a length that is one off.
  var otherSizes: [SourceEdit] {
    let isSize = node.kind == "UnaryExprOrTypeTraitExpr" && node.name == "sizeof"
    let isLength = node.kind == "CallExpr" && node.callee == "strlen"
    guard isSize || isLength, let text else { return [] }
    // One more than an array has is too much; one more than a variable has is not.
    let isArray = node.parts.first?.bare.type?.qualType.hasSuffix("]") == true
    return replacing(with: "(\(text) - 1)") + (isLength || isArray ? replacing(with: "(\(text) + 1)") : [])
  }

  /// The length of a string in place of another length, in a call that takes both.
  var stringLengths: [SourceEdit] {
    guard node.kind == "CallExpr" else { return [] }
    let arguments = node.parts.dropFirst()
    let isText = { (type: String?) in
      type.map { $0.hasPrefix("char[") || $0.hasPrefix("char *") || $0.hasPrefix("const char *") } ?? false
    }
    guard let text = arguments.first(where: { isText($0.bare.type?.qualType) && $0.bare.kind != "StringLiteral" }),
      let name = self.text(of: text)
    else { return [] }
    return lengths(among: arguments).map { SourceEdit(range: $0, replacement: "strlen(\(name))") }
  }

  /// The variables among the arguments of a call that may be lengths.
  private func lengths(among arguments: ArraySlice<SyntaxNode>) -> [Range<Int>] {
    arguments.filter { ["DeclRefExpr", "MemberExpr"].contains($0.bare.kind) }.compactMap { argument in
      let types = ["int", "size_t", "ssize_t", "unsigned int", "long", "uint32_t"]
      // What comes before the buffer is a socket or the like.
      guard let type = argument.bare.type?.qualType, types.contains(type),
        argument.range?.begin.offset != arguments.first?.range?.begin.offset
      else { return nil }
      return argument.bytes(in: source)
    }
  }

  /// The size of a buffer in place of a length, in a call that takes both.
  var wholeBuffers: [SourceEdit] {
    guard node.kind == "CallExpr" else { return [] }
    let arguments = node.parts.dropFirst()
    guard
      let buffer = arguments.first(where: {
        $0.bare.type?.qualType.hasSuffix("]") == true && $0.bare.kind != "StringLiteral"
      }),
      let name = text(of: buffer)
    else { return [] }
    return lengths(among: arguments).map { SourceEdit(range: $0, replacement: "sizeof(\(name))") }
  }

  /// A string without its last character, without its first, or with that in the other case.
  var otherStrings: [SourceEdit] {
    guard node.kind == "StringLiteral", let range = node.token(in: source) else { return [] }
    let text = source.text(range)
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 2 else { return [] }
    let units = Self.units(of: text.dropFirst().dropLast())
    var others = [units.dropLast().joined(), units.dropFirst().joined()]
    if let first = units.first {
      let other = first == first.uppercased() ? first.lowercased() : first.uppercased()
      if other != first, first.count == 1 { others.append(other + units.dropFirst().joined()) }
    }
    if units.contains("\\r") { others.append(units.filter { $0 != "\\r" }.joined()) }
    if units.last != "\\n" { others.append(units.joined() + "\\n") }
    return others.map { SourceEdit(range: range, replacement: "\"\($0)\"") }
  }

  /// The characters of a literal, with an escape as one.
  private static func units(of text: Substring) -> [String] {
    var units: [String] = []
    for character in text {
      if let last = units.last, last == "\\" {
        units[units.count - 1].append(character)
      } else {
        units.append(String(character))
      }
    }
    return units
  }

  /// A variable with another lifetime.
  var otherLifetimes: [SourceEdit] {
    guard node.kind == "VarDecl", ancestors.contains(where: { $0.kind == "CompoundStmt" }), let bytes else { return [] }
    if node.storageClass == "static" {
      guard let word = source.onlyToken("static", in: bytes.lowerBound..<(bytes.lowerBound + 7)) else { return [] }
      return [SourceEdit(range: word, replacement: "")]
    }
    let type = node.type?.qualType ?? ""
    let isState = type.hasSuffix("]") || type.hasPrefix("struct") || ["size_t", "ssize_t", "bool"].contains(type)
    guard node.storageClass == nil, isState else { return [] }
    return [SourceEdit(range: bytes.lowerBound..<bytes.lowerBound, replacement: "static ")]
  }

  /// A variable with a type in which not all values fit.
  var narrowerTypes: [SourceEdit] {
    guard ["VarDecl", "ParmVarDecl", "FieldDecl"].contains(node.kind), let type = node.type?.qualType,
      let others = ["ssize_t": ["size_t", "uint8_t"], "size_t": ["uint8_t"], "int": ["unsigned"]][type],
      let begin = bytes?.lowerBound, let name = node.loc?.expanded?.range, begin < name.lowerBound
    else { return [] }
    let declared = begin..<name.lowerBound
    let words = source.text(declared).split { $0 == " " || $0 == "\n" }
    guard words.contains(Substring(type)),
      let place = (declared.lowerBound...(declared.upperBound - type.utf8.count)).first(where: {
        source.text($0..<($0 + type.utf8.count)) == type
      })
    else { return [] }
    return others.map { SourceEdit(range: place..<(place + type.utf8.count), replacement: $0) }
  }
}
