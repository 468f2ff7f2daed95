// SPDX-License-Identifier: Apache-2.0

extension MutationSite {
  /// The statement twice.
  var repeated: [SourceEdit] { text.map { replacing(with: "\($0); \($0)") } ?? [] }

  /// The statements of a block with two neighbours the wrong way round.
  var swappedStatements: [SourceEdit] {
    guard node.kind == "CompoundStmt" else { return [] }
    return zip(node.parts, node.parts.dropFirst()).compactMap { first, second in
      let sites = [first, second].map { MutationSite(node: $0, ancestors: ancestors + [node], source: source) }
      guard sites.allSatisfy({ $0.isFunctionCall || $0.isAssignment }), let former = sites[0].bytes,
        let latter = sites[1].bytes,
        former.upperBound <= latter.lowerBound, source.text(former) != source.text(latter)
      else { return nil }
      let between = source.text(former.upperBound..<latter.lowerBound)
      return SourceEdit(
        range: former.lowerBound..<latter.upperBound,
        replacement: source.text(latter) + between + source.text(former))
    }
  }

  /// The body of a loop with a `break` at its end.
  var loopWithOneTurn: [SourceEdit] {
    guard ["WhileStmt", "ForStmt", "DoStmt"].contains(node.kind),
      let body = node.parts.last(where: { $0.kind == "CompoundStmt" }),
      let range = body.bytes(in: source), source.bytes[range.upperBound - 1] == UInt8(ascii: "}")
    else { return [] }
    return [SourceEdit(range: (range.upperBound - 1)..<range.upperBound, replacement: "break; }")]
  }

  /// Another jump, or none.
  var otherJumps: [SourceEdit] {
    guard isInLoop else { return [] }
    return switch node.kind {
    case "BreakStmt": replacing(with: "continue", "(void)0")
    case "ContinueStmt": replacing(with: "break", "(void)0")
    default: []
    }
  }

  /// Another value that is returned, or no return.
  var otherReturns: [SourceEdit] {
    guard node.kind == "ReturnStmt" else { return [] }
    guard let value = node.parts.first else {
      // The last return of a function changes nothing.
      return ancestors.count > 2 ? replacing(with: "(void)0") : []
    }
    let others = ["true": "false", "false": "true", "-1": "0", "0": "-1", "1": "0", "NULL": "(void *)1"]
    guard let range = value.bytes(in: source), let other = others[source.text(range)] else { return [] }
    return [SourceEdit(range: range, replacement: other)]
  }

  /// The macro that stops the program at an error, away from what it checks.
  var uncheckedErrors: [SourceEdit] {
    let macro = "ESP_ERROR_CHECK("
    guard isStatement, isCall, let text, text.hasPrefix(macro), text.hasSuffix(")") else { return [] }
    return replacing(with: String(text.dropFirst(macro.count).dropLast()))
  }
}
