// SPDX-License-Identifier: Apache-2.0

extension MutationSite {
  /// The bytes of the condition that a statement or an expression depends on.
  var conditionBytes: Range<Int>? {
    let condition: SyntaxNode? =
      switch node.kind {
      case "IfStmt", "WhileStmt", "ConditionalOperator": node.parts.first
      case "DoStmt": node.parts.last
      case "ForStmt" where node.parts.count == 5: node.parts[2]
      default: nil
      }
    // A macro's own conditions are not the program's.
    guard let condition, condition.kind != nil, let all = bytes, let range = condition.bytes(in: source),
      all.lowerBound < range.lowerBound || node.kind == "ConditionalOperator", range.upperBound < all.upperBound
    else { return nil }
    return range
  }

  /// The condition's text.
  var condition: String? { conditionBytes.map(source.text) }

  /// The condition of an `if` that is taken never to hold.
  var uncheckedConditions: [SourceEdit] {
    guard node.kind == "IfStmt", let range = conditionBytes else { return [] }
    return [SourceEdit(range: range, replacement: "(\(source.text(range))) && 0")]
  }

  /// The bytes of the operator and of the two operands.
  private var operation: (first: Range<Int>, operator: Range<Int>, second: Range<Int>)? {
    guard let opcode = node.opcode, node.parts.count == 2, let first = node.parts[0].bytes(in: source),
      let second = node.parts[1].bytes(in: source), first.upperBound <= second.lowerBound,
      let place = source.onlyToken(opcode, in: first.upperBound..<second.lowerBound)
    else { return nil }
    return (first, place, second)
  }

  /// Other operators in place of one.
  func otherOperators(_ others: [String: [String]]) -> [SourceEdit] {
    guard let opcode = node.opcode, let replacements = others[opcode], let operation else { return [] }
    return replacements.map { SourceEdit(range: operation.operator, replacement: $0) }
  }

  /// One operand in place of both.
  var operands: [SourceEdit] {
    guard let operation else { return [] }
    return [operation.first, operation.second].flatMap { replacing(with: source.text($0)) }
  }

  /// Other sums.
  var arithmetic: [SourceEdit] {
    guard let opcode = node.opcode, let operation, node.type?.qualType.contains("*") != true || opcode != "-" else {
      return []
    }
    return switch opcode {
    case "+", "-": otherOperators(["+": ["-"], "-": ["+"]]) + replacing(with: source.text(operation.first))
    case "*", "/", "%": otherOperators(["*": ["/"], "/": ["*"], "%": ["/"]])
    case "+=", "-=": otherOperators(["+=": ["=", "-="], "-=": ["=", "+="]])
    default: []
    }
  }
}
