// SPDX-License-Identifier: Apache-2.0
import LabModel

extension Markup.StringInterpolation {
  /// A part of a page.
  mutating func appendInterpolation(_ part: some PagePart) { appendInterpolation(part.markup) }
}

/// A part that several pages have.
protocol PagePart {
  /// How it is written.
  var markup: Markup { get }
}

/// How a check ended: a sign and a word, so that neither colour nor sign has to be understood.
struct StatusMark: PagePart {
  private let status: CheckStatus
  private let isShort: Bool

  /// - Parameters:
  ///   - status: how it ended.
  ///   - isShort: whether there is room for the sign only.
  init(_ status: CheckStatus, isShort: Bool = false) {
    self.status = status
    self.isShort = isShort
  }

  var markup: Markup {
    let (sign, word): (Markup, Markup) =
      switch status {
      case .pass: ("✓", "passed")
      case .fail: ("✗", "failed")
      case .skipped: ("–", "skipped")
      case .error: ("!", "not judged")
      }
    return isShort
      ? "<span class=\"mark \(status.rawValue)\" title=\"\(word)\">\(sign)<span class=\"aside\"> \(word)</span></span>"
      : "<span class=\"mark \(status.rawValue)\">\(sign) \(word)</span>"
  }
}

/// How a submission ended.
struct VerdictMark: PagePart {
  private let verdict: StudentResult.Verdict

  init(_ verdict: StudentResult.Verdict) { self.verdict = verdict }

  var markup: Markup {
    let text: Markup =
      switch verdict {
      case .pass: "✓ passed"
      case .fail: "✗ failed"
      case .error: "! no verdict"
      case .missing: "– missing"
      }
    return "<span class=\"mark \(verdict.rawValue)\">\(text)</span>"
  }
}

/// The head of a student's page.
struct PageHeading: PagePart {
  var lab: String
  var title: String
  /// Whose page it is. Hostile text.
  var heading: String
  var verdict: StudentResult.Verdict
  /// What it earned, if it can have earned anything.
  var points: String?

  var markup: Markup {
    """
    <header><p class="over">Lab \(lab): \(title)</p>
    <h1>\(heading)</h1>
    <p class="verdict">\(VerdictMark(verdict)) <strong>\(points ?? "")</strong></p></header>
    """
  }
}
