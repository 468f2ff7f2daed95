// SPDX-License-Identifier: Apache-2.0

/// A node of a C program's syntax tree, as clang prints it with `-ast-dump=json`.
struct SyntaxNode: Decodable, Sendable {
  /// clang's name for what it is, such as `IfStmt`; nil for a part that a statement could have and does not.
  var kind: String?
  /// The declared name, or `sizeof` and the like.
  var name: String?
  /// The operator, such as `<=`.
  var opcode: String?
  /// The type of an expression or a declaration.
  var type: TypeName?
  /// `static` and the like.
  var storageClass: String?
  /// Where a declared name stands.
  var loc: SourcePlace?
  /// From the first token to the last.
  var range: TokenRange?
  /// What an expression names.
  var referencedDecl: Reference?
  /// The parts, in the order of the source.
  var inner: [SyntaxNode]?

  /// The first and the last token of a node.
  struct TokenRange: Decodable, Sendable {
    var begin: SourcePlace
    var end: SourcePlace
  }

  /// A type, as C writes it.
  struct TypeName: Decodable, Sendable {
    var qualType: String
  }

  /// What an expression names.
  struct Reference: Decodable, Sendable {
    var name: String?
    var type: TypeName?
  }

  /// The parts that are there.
  var parts: [SyntaxNode] { inner ?? [] }

  /// It without the parentheses and the conversions around it.
  var bare: SyntaxNode {
    switch kind {
    case "ImplicitCastExpr", "ParenExpr", "ConstantExpr", "CStyleCastExpr", "ExprWithCleanups":
      parts.last.map(\.bare) ?? self
    default: self
    }
  }

  /// The name of the function that is called; nil if it is no call of one.
  var callee: String? {
    let node = bare
    guard node.kind == "CallExpr", let function = node.parts.first?.bare else { return nil }
    return function.referencedDecl?.name
  }

  /// The bytes of the file that it covers; nil if they are not all of this file. A node in a macro covers the macro's call.
  func bytes(in source: CSource) -> Range<Int>? {
    guard let range, let begin = range.begin.expanded, let end = range.end.expanded else { return nil }
    var last = end.range.upperBound
    if end.isMacro, source.text(end.range).isIdentifier, let closing = source.closingParenthesis(after: last) {
      last = closing + 1
    }
    guard begin.range.lowerBound < last, last <= source.bytes.count else { return nil }
    return begin.range.lowerBound..<last
  }

  /// The bytes of a single token, where it was written: that of a macro's replacement in the macro's definition.
  func token(in source: CSource) -> Range<Int>? {
    guard let token = range?.begin.spelled, token.upperBound <= source.bytes.count else { return nil }
    return token
  }
}

extension String {
  /// Whether it is a name in C.
  var isIdentifier: Bool {
    !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } && first?.isNumber == false
  }
}
