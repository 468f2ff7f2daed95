// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders a result in GitHub Flavored Markdown, for a job summary or a comment.
public enum MarkdownReport {
  /// The whole text.
  public static func render(_ result: RunResult) -> String {
    var lines = [
      "## \(mark(of: result.verdict)) Lab \(literal(result.lab)): \(literal(result.title))", "",
      "\(summary(of: result)) for \(literal(result.submission)).", "",
    ]
    if let error = result.error {
      lines += ["**The lab failed:** \(literal(error.description))", ""]
    }
    if let build = result.build, !build.succeeded {
      lines += ["**It does not build:** \(literal(build.reason ?? "see build.log"))", ""]
    }
    lines += ["| | Check | Points |", "|---|---|---:|"]
    lines += result.checks.map { "| \(word(for: $0.status)) | \(literal($0.title)) | \($0.points)/\($0.maximum) |" }
    for check in result.checks where check.status == .fail || check.status == .error { lines += details(of: check) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func summary(of result: RunResult) -> String {
    result.verdict == .error ? "No verdict" : "**\(result.points) of \(result.maximum) points**"
  }

  private static func details(of check: CheckResult) -> [String] {
    var lines = ["", "### \(literal(check.title))", ""]
    lines += check.expected.map { ["- Expected: \(literal($0))"] } ?? []
    lines += check.seen.map { ["- Seen: \(literal($0))"] } ?? []
    lines += check.evidence.map { "- Line \($0.line) of the transcript: \(literal($0.entry.text))" }
    lines += (check.conversation ?? []).map { "- Step: \(literal($0))" }
    lines += check.hints.map { "- Hint: \(literal($0))" }
    return lines
  }

  private static func mark(of verdict: RunResult.Verdict) -> String {
    switch verdict {
    case .pass: "PASSED"
    case .fail: "FAILED"
    case .error: "NO VERDICT"
    }
  }

  private static func word(for status: CheckStatus) -> String {
    switch status {
    case .pass: "pass"
    case .fail: "**fail**"
    case .skipped: "skipped"
    case .error: "**error**"
    }
  }

  /// A text that means itself: what could be read as markup, a link, a mention or HTML is written as a character reference, which
  /// never has a structural meaning (CommonMark 0.31, section 2.5).
  static func literal(_ text: String) -> String {
    text.displayable.unicodeScalars.reduce(into: "") { text, scalar in
      let isPlain =
        !scalar.isASCII || scalar == " " || scalar == "," || Character(scalar).isLetter || Character(scalar).isNumber
      text += isPlain ? String(scalar) : "&#\(scalar.value);"
    }
  }
}
