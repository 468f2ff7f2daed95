// SPDX-License-Identifier: Apache-2.0

extension RunResult {
  /// The result as it is shown to someone. Everything that a student reads is rendered from what this returns, and nothing else
  /// decides what a student may know.
  ///
  /// For a student, checks that only instructors see become one that tells their number and what they came to together, so that
  /// points, maximum and verdict are the same for everyone; and hints wait for the attempt that they come with.
  /// - Parameter reader: who reads it.
  public func shown(to reader: Visibility) -> RunResult {
    guard reader == .student else { return self }
    var result = self
    let hidden = checks.filter { $0.visibility == .instructor }
    result.checks = checks.filter { $0.visibility == .student }.map {
      $0.withHints(of: attempt).withoutMention(of: hidden)
    }
    if !hidden.isEmpty { result.checks.append(CheckResult(hidden: hidden)) }
    return result
  }

  /// Whether a student sees less of the result than there is.
  public var hasHiddenChecks: Bool { checks.contains { $0.visibility == .instructor } }
}

extension CheckResult {
  /// The id of what stands for the checks that a student does not see.
  public static let hiddenID = "hidden"

  /// What stands for checks that a student does not see.
  fileprivate init(hidden checks: [CheckResult]) {
    let definition = CheckDefinition(
      id: Self.hiddenID, title: Self.title(hidden: checks.count), points: checks.reduce(0) { $0 + $1.maximum },
      method: .never([]))
    let statuses = Set(checks.map(\.status))
    let status: CheckStatus =
      if statuses.contains(.error) { .error } else if statuses.count == 1, let only = statuses.first { only } else {
        .fail
      }
    self.init(definition, status: status)
    points = checks.reduce(0) { $0 + $1.points }
    if status != .pass { seen = "what \(checks.count == 1 ? "it looks" : "they look") for is not shown" }
  }

  /// The title of what stands for checks that a student does not see.
  public static func title(hidden count: Int) -> String { count == 1 ? "A hidden check" : "\(count) hidden checks" }

  /// The check without the title of a hidden one that it was skipped for. A lab file cannot say so; what is read from a result may.
  fileprivate func withoutMention(of hidden: [CheckResult]) -> CheckResult {
    guard status == .skipped, let seen, hidden.contains(where: { seen.contains($0.title) }) else { return self }
    var check = self
    check.seen = "it needs a check that is not shown"
    return check
  }

  /// The check with the hints that come with an attempt.
  fileprivate func withHints(of attempt: Int) -> CheckResult {
    guard !hints.isEmpty, attempt < hintAfter else { return self }
    var check = self
    check.hints = ["A hint comes with attempt \(hintAfter)."]
    return check
  }
}
