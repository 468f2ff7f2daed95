// SPDX-License-Identifier: Apache-2.0

/// A place in a program where mistakes can be made.
struct MutationSite {
  /// What stands there.
  let node: SyntaxNode
  /// What it is a part of, the function first.
  let ancestors: [SyntaxNode]
  let source: CSource

  /// The bytes that the node covers.
  var bytes: Range<Int>? { node.bytes(in: source) }

  /// The text that the node covers.
  var text: String? { bytes.map(source.text) }

  /// Replaces all of it.
  func replacing(with replacements: String...) -> [SourceEdit] {
    bytes.map { range in replacements.map { SourceEdit(range: range, replacement: $0) } } ?? []
  }

  /// The text of a part of the node.
  func text(of part: SyntaxNode) -> String? { part.bytes(in: source).map(source.text) }

  /// Whether it is a statement of its own, in braces.
  var isStatement: Bool { ancestors.last?.kind == "CompoundStmt" }

  /// Whether it is a call, of a function or of a macro that stands for statements.
  var isCall: Bool {
    if node.callee != nil { return true }
    guard let range = node.range, let begin = range.begin.expanded, begin.isMacro else { return false }
    return ["DoStmt", "CompoundStmt", "IfStmt"].contains(node.kind)
  }

  /// Whether it calls a function by its name, and not through a macro of another one, such as those that log.
  var isFunctionCall: Bool { node.callee != nil && text?.first?.isUppercase == false }

  /// Whether it says with what a task is made: its name, its stack, its priority.
  var isOfTask: Bool { ancestors.contains { $0.callee?.hasPrefix("xTaskCreate") == true } }

  /// Whether it changes a variable.
  var isAssignment: Bool {
    switch node.kind {
    case "BinaryOperator": node.opcode == "="
    case "CompoundAssignOperator": true
    case "UnaryOperator": node.opcode == "++" || node.opcode == "--"
    default: false
    }
  }

  /// Whether it says how long something is waited for.
  var isDelay: Bool {
    ancestors.contains {
      ["vTaskDelay", "usleep", "sleep", "xTaskDelayUntil", "vTaskDelayUntil"].contains($0.callee ?? "")
    }
  }

  /// Whether it stands in a loop, and no `switch` is nearer.
  var isInLoop: Bool {
    let kinds = ["WhileStmt", "ForStmt", "DoStmt", "SwitchStmt"]
    return ancestors.last { kinds.contains($0.kind ?? "") }.map { $0.kind != "SwitchStmt" } ?? false
  }
}
