// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders what a run would use.
public struct DoctorReport {
  private let examination: DoctorExamination
  private let style: TerminalStyle

  /// What all runs share, what a run takes by language and why, the labs, and whether one can be run.
  public static func text(_ examination: DoctorExamination, style: TerminalStyle) -> Printout {
    let report = DoctorReport(examination: examination, style: style)
    let blocks = [report.findings, report.choices, report.labs, [report.conclusion]]
    return Printout(lines: blocks.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var findings: [Printout] {
    let width = examination.findings.map(\.topic.columns).max() ?? 0
    return examination.findings.flatMap { finding in
      paragraph(
        finding.state, finding.topic.padded(to: width), finding.summary, details: finding.details,
        remedy: finding.remedy)
    }
  }

  private var choices: [Printout] {
    let width = examination.choices.map(\.language.shortTitle.columns).max() ?? 0
    return examination.choices.flatMap { choice in
      let topic = choice.language.shortTitle.padded(to: width)
      guard let problem = choice.problem else {
        return paragraph(.used, topic, choice.summary ?? "", details: choice.reasons)
      }
      return paragraph(.missing, topic, problem.message, remedy: problem.remedy)
    }
  }

  private func paragraph(
    _ state: DoctorFinding.State, _ topic: String, _ summary: String, details: [String] = [], remedy: String? = nil
  ) -> [Printout] {
    let indent = style.markWidth + 1 + topic.columns + 2
    return ["\(mark(state)) \(style.paint("\(topic)", .strong))  \(summary)"]
      + details.map { style.paint("\(blanks: indent)\($0)", .faint) }
      + (remedy?.displayableLines.map { "\(blanks: indent)\($0)" } ?? [])
  }

  /// A line a lab, with a column a language.
  private var labs: [Printout] {
    guard !examination.labs.isEmpty else { return [] }
    let heading = ["Lab"] + examination.choices.map(\.language.shortTitle)
    let rows = examination.labs.map { lab in
      [lab.lab.displayable] + (lab.problem == nil ? examination.choices.map { cell(lab, $0) } : [])
    }
    let widths = heading.indices.map { column in
      ([heading] + rows).compactMap { $0.indices.contains(column) ? $0[column].columns : nil }.max() ?? 0
    }
    func line(_ row: [String]) -> String {
      row.indices.map { $0 == row.count - 1 ? row[$0] : row[$0].padded(to: widths[$0]) }.joined(separator: "  ")
    }
    var lines = [style.paint("\(blanks: style.markWidth + 1)\(line(heading))", .faint)]
    for (lab, row) in zip(examination.labs, rows) {
      if let problem = lab.problem {
        lines += paragraph(.missing, lab.lab.displayable.padded(to: widths[0]), problem.message, remedy: problem.remedy)
      } else {
        lines.append("\(mark(canRun(lab) ? .used : .missing)) \(line(row))")
      }
    }
    return lines
  }

  private func cell(_ lab: DoctorLab, _ choice: DoctorChoice) -> String {
    guard let sdk = choice.sdk, let emulator = choice.emulator, choice.problem == nil else { return "cannot be run" }
    let names = (
      sdk == .idf ? sdk.title : "bundled SDK", emulator == "espressif" ? "Espressif's QEMU" : "\(emulator) emulator"
    )
    return "\(names.0) on \(names.1)" + (lab.solutions.contains(choice.language) ? "" : " (no solution)")
  }

  private func canRun(_ lab: DoctorLab) -> Bool {
    lab.problem == nil && examination.choices.contains { $0.problem == nil }
      && examination.findings.allSatisfy { $0.state != .missing }
  }

  private var conclusion: Printout {
    guard examination.isFit else {
      let count =
        examination.findings.count { $0.state == .missing } + examination.choices.count { $0.problem != nil }
      return style.paint("Labs cannot be run: \(Quantity.count(max(1, count), "thing")) missing.", .fail)
    }
    let languages = examination.choices.filter { $0.problem == nil }.map(\.language.shortTitle)
    let limits =
      (languages.count < examination.choices.count ? " in \(languages.joined(separator: ", ")) only" : "")
      + (examination.labs.allSatisfy { $0.problem == nil } ? "" : ", but for those that cannot be read")
    return style.paint("Labs can be run\(limits).", .pass)
  }

  private func mark(_ state: DoctorFinding.State) -> Printout {
    let (sign, word, tint): (Printout, Printout, TerminalStyle.Tint) =
      switch state {
      case .used: ("✓", "OK", .pass)
      case .unused: ("–", "-", .faint)
      case .missing: ("✗", "MISS", .fail)
      }
    return style.paint((style.live ? sign : word).padded(to: style.markWidth), tint)
  }
}

extension FirmwareLanguage {
  /// The name in a table.
  fileprivate var shortTitle: String {
    switch self {
    case .c: "C"
    case .swift: "Swift"
    }
  }
}
