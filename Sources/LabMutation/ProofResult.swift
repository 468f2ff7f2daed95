// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What became of the mutants of a lab's solution.
public struct ProofResult: Codable, Sendable {
  /// What became of one.
  public enum Outcome: String, Codable, CaseIterable, Sendable {
    /// A check failed.
    case killed
    /// All checks passed: the lab does not see the mistake.
    case survived
    /// All checks passed, and a person has said why that is right.
    case equal
    /// The compiler makes the same program of it as of the solution or of another mutant.
    case same
    /// The compiler refuses it.
    case unbuilt
    /// The lab failed in all its runs.
    case error
  }

  /// A mutant and what became of it.
  public struct Entry: Codable, Sendable {
    /// The mutant's id.
    public var id: String
    /// The kind of the mistake.
    public var `operator`: MutationOperator
    /// The source file.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The function that the line is in; nil outside of all.
    public var function: String?
    /// The changed lines, as the solution has them.
    public var before: String
    /// The changed lines.
    public var after: String
    /// What became of it.
    public var outcome: Outcome
    /// The checks that failed.
    public var failed: [String] = []
    /// The hints that the failed checks gave.
    public var hints: [String] = []
    /// Why it is equal, or why the lab failed.
    public var reason: String?

    /// - Parameters:
    ///   - mutant: the mutant.
    ///   - outcome: what became of it.
    ///   - reason: why it is equal, or why the lab failed.
    public init(_ mutant: Mutant, _ outcome: Outcome, reason: String? = nil) {
      id = mutant.id
      `operator` = mutant.operator
      file = mutant.file
      line = mutant.line
      function = mutant.function
      before = mutant.before
      after = mutant.after
      self.outcome = outcome
      self.reason = reason
    }
  }

  /// What a check has found.
  public struct CheckShare: Codable, Sendable {
    /// The check's id.
    public var id: String
    /// What it is worth.
    public var points: Int
    /// How many mutants fail it.
    public var killed: Int
    /// How many mutants fail it and no other check.
    public var alone: Int
  }

  /// The version of this format.
  public var schema = 1
  /// The lab's id.
  public var lab: String
  /// All mutants, in the order of the source.
  public var mutants: [Entry]
  /// What each of the lab's checks has found, in the lab's order.
  public var checks: [CheckShare]
  /// The wall time, in seconds.
  public var seconds: Double

  /// - Parameters:
  ///   - lab: the lab.
  ///   - mutants: what became of the mutants.
  ///   - seconds: the wall time that this took.
  public init(lab: Lab, mutants: [Entry], seconds: Double) {
    self.lab = lab.id
    self.mutants = mutants
    self.seconds = seconds
    checks = lab.checks.map { check in
      CheckShare(
        id: check.id, points: check.points, killed: mutants.count { $0.failed.contains(check.id) },
        alone: mutants.count { $0.failed == [check.id] })
    }
  }

  /// Counts the mutants with an outcome.
  public func count(_ outcome: Outcome) -> Int { mutants.count { $0.outcome == outcome } }

  /// The killed mutants as a share of the killed and the surviving ones; nil if there are neither.
  public var killedShare: Double? {
    let (killed, survived) = (count(.killed), count(.survived))
    return killed + survived == 0 ? nil : Double(killed) / Double(killed + survived)
  }

  /// The share that a good lab kills.
  public static let goal = 0.95

  /// Whether the lab finds enough of the mistakes.
  public var isMet: Bool { killedShare.map { $0 >= Self.goal } ?? false }
}
