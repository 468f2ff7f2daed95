// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders the grading of a class for people: a line for each student as the result comes, and what they came to together.
public struct GradingReport: Sendable {
  private static let timeWidth = 10
  private static let widestName = 32

  /// Where the lines go; it may change when the terminal's width does.
  public var style: TerminalStyle
  private let total: Int
  private let nameWidth: Int
  private let pointsWidth: Int

  /// - Parameters:
  ///   - lab: the lab.
  ///   - students: those who are graded.
  ///   - total: how many submissions there are, those included that have their result already.
  ///   - style: where the lines go.
  public init(lab: Lab, students: [String], total: Int, style: TerminalStyle) {
    self.style = style
    self.total = total
    nameWidth = min(Self.widestName, students.map(\.displayable.columns).max() ?? 0)
    pointsWidth = "\(lab.points)/\(lab.points)".count
  }

  /// The lines before the first result.
  /// - Parameters:
  ///   - lab: the lab.
  ///   - folder: the class folder as the caller knows it.
  ///   - jobs: how many submissions run at a time.
  ///   - done: how many have their result already.
  ///   - errors: how many of those are failures of the lab.
  ///   - isResumed: whether a grading goes on that was interrupted.
  public func heading(
    lab: Lab, folder: String, jobs: Int, done: Int, errors: Int, isResumed: Bool
  ) -> Printout {
    var lines: [Printout] = ["Lab \(lab.id): \(lab.title)"]
    lines.append("\(total) submission\(total == 1 ? "" : "s") in \(folder), \(jobs) at a time")
    if done > 0 { lines.append("\(done) of \(total) done already\(isResumed ? "; going on" : "")") }
    if errors > 0 {
      lines.append("The lab failed for \(errors) of those: --rerun errors tries \(errors == 1 ? "it" : "them") again")
    }
    return Printout(lines: lines)
  }

  /// The line of a submission that has its result.
  /// - Parameters:
  ///   - result: the result.
  ///   - former: the one before, if there was one.
  ///   - done: how many have their result now.
  ///   - seconds: how long its last run took.
  public func line(_ result: StudentResult, former: StudentResult?, done: Int, seconds: Double) -> Printout {
    let count = ("\(done)/\(total)" as Printout).indented(to: "\(total)/\(total)".count)
    let numbers =
      points(of: result).indented(to: pointsWidth) + Quantity.duration(seconds: seconds).indented(to: Self.timeWidth)
    let text: Printout =
      "\(style.paint(count, .faint)) \(style.mark(of: result.verdict)) \(shown(result.student))  \(numbers)"
    var remarks: [String] = []
    if let former, points(of: former) != points(of: result) || former.verdict != result.verdict {
      remarks.append("was \(points(of: former))")
    }
    if result.attempts.count > 1 { remarks.append("attempt \(result.attempts.count)") }
    if result.isBuilt == false { remarks.append(result.buildFailure ?? "it does not build") }
    if result.verdict == .error, let error = result.attempts.last?.error { remarks.append(error.message) }
    guard !remarks.isEmpty else { return "\(text)\n" }
    let remark = remarks.joined(separator: "; ").displayable
    let room = style.width.map { $0 - 1 - lineWidth }
    return "\(text)  \(style.paint("\(room.map { remark.truncated(to: $0) } ?? remark)", .faint))\n"
  }

  /// The line of a submission that is run again.
  /// - Parameters:
  ///   - student: whose it is.
  ///   - error: why.
  public func retry(_ student: String, _ error: LabError?) -> Printout {
    let reason = error?.message ?? "a check has no verdict"
    return "The lab failed for \(student), and tries again later: \(reason)\n"
  }

  /// The line of a host that is overloaded.
  /// - Parameters:
  ///   - limit: how many submissions run at a time from here on.
  ///   - reason: why.
  public func limited(to limit: Int, since reason: String) -> Printout {
    "This computer is overloaded (\(reason)): \(limit) at a time until it is less busy\n"
  }

  /// The columns that a line takes without its remarks.
  private var lineWidth: Int {
    "\(total)/\(total)".count + 1 + style.markWidth + 1 + nameWidth + 2 + pointsWidth + Self.timeWidth + 2
  }

  private func shown(_ student: String) -> String {
    student.displayable.truncated(to: nameWidth).padded(to: nameWidth)
  }

  private func points(of result: StudentResult) -> String {
    result.verdict == .error ? "-/\(result.maximum)" : "\(result.points)/\(result.maximum)"
  }
}

extension TerminalStyle {
  /// The mark of a student's verdict.
  func mark(of verdict: StudentResult.Verdict) -> Printout {
    switch verdict {
    case .pass: mark(CheckStatus.pass)
    case .fail: mark(CheckStatus.fail)
    case .missing: mark(CheckStatus.skipped)
    case .error: mark(CheckStatus.error)
    }
  }
}
