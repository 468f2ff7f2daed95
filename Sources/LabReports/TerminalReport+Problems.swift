// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The checks that did not pass: what was expected, what was seen, where it shows, and what may explain it. Before them, those that
/// could be passed in more than one way, and in which they were.
extension TerminalReport {
  private static let labelWidth = 10

  func problemSections(_ result: RunResult) -> [Printout] {
    guard result.build?.succeeded != false else { return [] }
    let open = result.checks.filter { $0.status == .pass && $0.seen != nil }.flatMap(section)
    let failed = result.checks.filter { $0.status == .fail }.flatMap(section)
    return open + failed + sections(result, .error, label: "Reason") + sections(result, .skipped, label: "Skipped")
  }

  /// The checks that ended in the same way, the reason below all that have it in common.
  private func sections(_ result: RunResult, _ status: CheckStatus, label: Printout) -> [Printout] {
    let checks = result.checks.filter { $0.status == status }
    guard !checks.isEmpty else { return [] }
    var lines: [Printout] = [""]
    for (index, check) in checks.enumerated() {
      lines += title(of: check)
      let isLast = index + 1 == checks.count || checks[index + 1].seen != check.seen
      if isLast, let reason = check.seen { lines += field(label, reason) }
      lines += evidence(check.evidence)
    }
    return lines
  }

  private func section(_ check: CheckResult) -> [Printout] {
    var lines = [""] + title(of: check)
    if let expected = check.expected { lines += field("Expected", expected) }
    if let seen = check.seen { lines += field("Seen", seen) }
    lines += evidence(check.evidence)
    if let conversation = check.conversation {
      lines += field("Steps", "that make it fail, as a lab file has them")
      lines += conversation.map { style.paint("    \($0)", .faint) }
    }
    for hint in check.hints { lines += field("Hint", hint) }
    return lines
  }

  private func evidence(_ evidence: [Evidence]) -> [Printout] {
    guard let numberWidth = evidence.map({ String($0.line).count }).max() else { return [] }
    return field("Evidence", "lines of transcript.txt")
      + evidence.map { evidence in
        let line: Printout = "    \(("\(evidence.line)" as Printout).indented(to: numberWidth))  \(evidence.entry.line)"
        return style.paint(style.width.map { line.truncated(to: $0 - 1) } ?? line, .faint)
      }
  }

  private func title(of check: CheckResult) -> [Printout] {
    marked(check.status, check.title) { style.paint($0, .strong) }
  }

  /// A text behind the mark of a verdict, wrapped to the terminal's width with its lines below each other.
  func marked(
    _ status: CheckStatus, _ text: String, paint: (Printout) -> Printout = { $0 }
  ) -> [Printout] {
    let indent = style.markWidth + 1
    let lines = text.displayableLines.flatMap { line in
      style.width.map { line.wrapped(to: $0 - 1 - indent) } ?? [line]
    }
    return lines.enumerated().map { index, line in
      (index == 0 ? "\(style.mark(status)) " : "\(blanks: indent)") + paint("\(line)")
    }
  }

  /// A labelled text, wrapped to the terminal's width with its lines below each other.
  func field(_ label: Printout, _ value: String, indent: Int = 2) -> [Printout] {
    let labelWidth = indent == 0 ? style.markWidth + 1 : Self.labelWidth
    let lines = value.displayableLines.flatMap { line in
      style.width.map { line.wrapped(to: $0 - 1 - indent - labelWidth) } ?? [line]
    }
    return lines.enumerated().map { index, line in
      let label = index == 0 ? label : ""
      return "\(blanks: indent)\(style.paint(label, .faint))\(blanks: labelWidth - label.columns)\(line)"
    }
  }
}
