// SPDX-License-Identifier: Apache-2.0

/// A kind of mistake that students make, as a change of a right program.
public enum MutationOperator: String, CaseIterable, Codable, Sendable {
  /// A call is left out.
  case callDropped = "call-dropped"
  /// A call is made twice.
  case callRepeated = "call-repeated"
  /// An assignment is left out.
  case assignmentDropped = "assignment-dropped"
  /// Two statements stand the wrong way round.
  case statementsSwapped = "statements-swapped"
  /// A result is not looked at: what an `if` guards against is taken not to happen.
  case unchecked = "unchecked"
  /// What an `if` guards is done always.
  case unconditional = "unconditional"
  /// A condition says the opposite.
  case conditionNegated = "condition-negated"
  /// A comparison is wrong at its border: `<` for `<=`.
  case comparison = "comparison"
  /// `&&` for `||`, or one of the two conditions is missing.
  case logic = "logic"
  /// `+` for `-`, or what is added is missing.
  case arithmetic = "arithmetic"
  /// A number is one too big or one too small.
  case constantOff = "constant-off"
  /// A time is ten times too long, a tenth, or nothing.
  case delayScaled = "delay-scaled"
  /// `htons()` and its like are missing.
  case byteOrderDropped = "byte-order-dropped"
  /// A loop ends after its first turn.
  case loopOnce = "loop-once"
  /// `break` and `continue` are mistaken for each other, or left out.
  case jump = "jump"
  /// A function returns too late, or the opposite of what it should.
  case returned = "returned"
  /// An array is too short.
  case bufferShorter = "buffer-shorter"
  /// A size or a length is one off.
  case sizeOff = "size-off"
  /// All of a buffer is meant where a part of it holds data.
  case wholeBuffer = "whole-buffer"
  /// A task has too little stack.
  case stackSmall = "stack-small"
  /// Bytes are taken for a string: their number is that before the first NUL.
  case stringLength = "string-length"
  /// A string lacks a character, or has it in the other case.
  case stringChanged = "string-changed"
  /// A variable outlives its function, or does not.
  case lifetime = "lifetime"
  /// A variable has a type in which not all values fit.
  case typeNarrowed = "type-narrowed"

  /// The mistakes of this kind that can be made at a place.
  func edits(at site: MutationSite) -> [SourceEdit] {
    switch self {
    case .callDropped: site.isStatement && site.isCall ? site.replacing(with: "(void)0") : []
    case .callRepeated: site.isStatement && site.isFunctionCall ? site.repeated : []
    case .assignmentDropped: site.isStatement && site.isAssignment ? site.replacing(with: "(void)0") : []
    case .statementsSwapped: site.swappedStatements
    case .unchecked: site.uncheckedConditions + site.uncheckedErrors
    case .unconditional: site.node.kind == "IfStmt" ? site.condition.map { ["(\($0)) || 1"] }.edits(of: site) : []
    case .conditionNegated: site.condition.map { ["!(\($0))"] }.edits(of: site)
    case .comparison:
      site.otherOperators(["<": ["<="], "<=": ["<"], ">": [">="], ">=": [">"], "==": ["!="], "!=": ["=="]])
    case .logic:
      site.otherOperators(["&&": ["||"], "||": ["&&"]])
        + (["&&", "||"].contains(site.node.opcode) ? site.operands : [])
    case .arithmetic: site.arithmetic
    case .constantOff: site.isDelay || site.isOfTask ? [] : site.numbers { $0 > 0 ? [$0 + 1, $0 - 1] : [$0 + 1] }
    case .delayScaled: site.isDelay ? site.numbers { $0 > 0 ? [$0 * 10, $0 / 10, 0] : [] } : []
    case .byteOrderDropped: site.withoutByteOrder
    case .loopOnce: site.loopWithOneTurn
    case .jump: site.otherJumps
    case .returned: site.otherReturns
    case .bufferShorter: site.shorterArrays
    case .sizeOff: site.otherSizes
    case .wholeBuffer: site.wholeBuffers
    case .stringLength: site.stringLengths
    case .stringChanged: site.isOfTask ? [] : site.otherStrings
    case .stackSmall: site.isOfTask ? site.numbers { $0 >= 1024 ? [$0 / 4, $0 / 8] : [] } : []
    case .lifetime: site.otherLifetimes
    case .typeNarrowed: site.narrowerTypes
    }
  }
}

extension String? {
  fileprivate func map(_ texts: (String) -> [String]) -> [String] { self.map { texts($0) } ?? [] }
}

extension [String] {
  fileprivate func edits(of site: MutationSite) -> [SourceEdit] {
    site.conditionBytes.map { range in map { SourceEdit(range: range, replacement: $0) } } ?? []
  }
}
