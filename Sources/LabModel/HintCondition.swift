// SPDX-License-Identifier: Apache-2.0

/// What has to be in the evidence of a failed step for a hint to apply: all of its clauses have to hold.
public struct HintCondition: Equatable, Sendable, ExpressibleByArrayLiteral {
  /// The clauses; without any it always holds.
  public var clauses: Set<HintClause>

  /// - Parameter clauses: the clauses.
  public init(_ clauses: Set<HintClause> = []) {
    self.clauses = clauses
  }

  /// A condition of some clauses.
  public init(arrayLiteral clauses: HintClause...) {
    self.init(Set(clauses))
  }

  /// Whether it holds wherever another one does: whatever it asks for, the other asks for as well.
  public func holdsWherever(_ other: HintCondition) -> Bool { clauses.isSubset(of: other.clauses) }
}
