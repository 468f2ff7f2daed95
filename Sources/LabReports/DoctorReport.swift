// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What was found of one thing that a run needs.
public struct DoctorFinding: Codable, Equatable, Sendable {
  /// How it is.
  public enum State: String, Codable, Sendable {
    /// It is there, and a run uses it.
    case used
    /// It is there, or could be, and a run does without it.
    case unused
    /// A run needs it, and it is not there or not fit for use.
    case missing
  }

  /// What it is about.
  public var topic: String
  /// How it is.
  public var state: State
  /// What was found, or is wrong.
  public var summary: String
  /// Why a run takes it, its version, where it lies: one fact a line.
  public var details: [String]
  /// What mends it.
  public var remedy: String?

  /// - Parameters: as the properties of the same names.
  public init(topic: String, state: State, summary: String, details: [String] = [], remedy: String? = nil) {
    self.topic = topic
    self.state = state
    self.summary = summary
    self.details = details
    self.remedy = remedy
  }
}

/// Renders what a run would use.
public enum DoctorReport {
  /// A paragraph a finding, and whether a lab can be run.
  public static func text(_ findings: [DoctorFinding], style: TerminalStyle) -> String {
    let width = findings.map(\.topic.columns).max() ?? 0
    let indent = String(repeating: " ", count: style.markWidth + 1 + width + 2)
    var lines: [String] = []
    for finding in findings {
      let topic = style.paint(finding.topic.padded(to: width), .strong)
      lines.append("\(mark(finding.state, style)) \(topic)  \(finding.summary.displayable)")
      lines += finding.details.map { style.paint(indent + $0.displayable, .faint) }
      if let remedy = finding.remedy { lines += remedy.displayableLines.map { indent + $0 } }
    }
    let missing = findings.count { $0.state == .missing }
    lines += [
      "",
      missing == 0
        ? style.paint("Labs can be run.", .pass)
        : style.paint("Labs cannot be run: \(Quantity.count(missing, "thing")) missing.", .fail),
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  private static func mark(_ state: DoctorFinding.State, _ style: TerminalStyle) -> String {
    let (sign, word, tint): (String, String, TerminalStyle.Tint) =
      switch state {
      case .used: ("✓", "OK", .pass)
      case .unused: ("–", "-", .faint)
      case .missing: ("✗", "MISS", .fail)
      }
    return style.paint((style.live ? sign : word).padded(to: style.markWidth), tint)
  }
}
