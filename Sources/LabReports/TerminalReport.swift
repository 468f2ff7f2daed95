// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders a run for people: the lines that stay, as it goes, and the report at its end.
public struct TerminalReport: Sendable {
  /// What the place that the text goes to can show.
  public var style: TerminalStyle
  private let reader: Visibility
  private let titles: [String]
  private let points: Int

  /// - Parameters:
  ///   - lab: the lab that is run.
  ///   - style: where the text goes.
  ///   - reader: who reads it: a student sees less of some results.
  public init(lab: Lab, style: TerminalStyle, reader: Visibility = .student) {
    self.style = style
    self.reader = reader
    let hidden = reader == .instructor ? 0 : lab.checks.count { $0.visibility == .instructor }
    titles =
      lab.checks.filter { reader == .instructor || $0.visibility == .student }.map(\.title)
      + (hidden == 0 ? [] : [CheckResult.title(hidden: hidden)])
    points = lab.points
  }

  var table: CheckTable { CheckTable(titles: titles, points: points, style: style) }

  /// What is printed first.
  public func heading(lab: Lab) -> Printout {
    "\(style.paint("Lab \(lab.id): \(lab.title)", .strong))\n"
  }

  /// The lines that an event leaves behind; empty if there are none.
  public func lines(for progress: RunProgress) -> Printout {
    switch progress {
    case .building, .booting:
      // On a terminal the live line says so.
      return style.live ? "" : activity(for: progress).map { "\($0)\n" } ?? ""
    case .built(let build):
      // A failed build is part of the report.
      guard build.succeeded else { return "" }
      let mark: Printout = style.live ? "\(style.mark(.pass)) " : ""
      // C is what nobody expects to be told.
      let language = build.language.flatMap { $0 == .c ? nil : ", \($0.title)" } ?? ""
      return Printout(
        lines: ["\(mark)Built in \(Quantity.duration(seconds: build.seconds))\(language)"]
          + Printout.quoted(build.messages))
    case .repeating(let reason):
      return Printout(lines: ["The run begins anew: \(reason)"])
    case .checking:
      return ""
    case .checked(let check):
      // Those that a student does not see are a row together, in the table at the end.
      return reader == .student && check.visibility == .instructor ? "" : Printout(lines: [table.row(check)])
    }
  }

  /// What an event says is going on from now on; nil if it says nothing of the sort.
  func activity(for progress: RunProgress) -> Printout? {
    switch progress {
    case .building(let submission, let sdk): "Building \(submission)\(sdk.map { " with \($0)" })"
    case .booting(let emulator): "Booting on the \(emulator) emulator"
    case .checking(let check):
      reader == .student && check.visibility == .instructor
        ? "\(CheckResult.title(hidden: 1))" : "\(check.title)"
    case .built, .checked, .repeating: nil
    }
  }

  /// The report at the end: the table, what went wrong and why, where to look, and the verdict.
  public func summary(_ result: RunResult) -> Printout {
    let result = result.shown(to: reader)
    return Printout(
      lines: buildSection(result) + tableSection(result) + problemSections(result) + errorSection(result)
        + footer(result))
  }

  private func buildSection(_ result: RunResult) -> [Printout] {
    guard let build = result.build, !build.succeeded else { return [] }
    let reason = build.reason ?? "the compiler says why above"
    return [""] + Printout.quoted(build.messages) + marked(.fail, "Build failed: \(reason)")
  }

  private func tableSection(_ result: RunResult) -> [Printout] {
    // Without a build there is nothing to tell of single checks.
    guard result.build?.succeeded == true, !result.checks.isEmpty else { return [] }
    return ["", table.heading] + result.checks.map(table.row)
      + [table.total(points: result.points, maximum: result.maximum)]
  }

  private func errorSection(_ result: RunResult) -> [Printout] {
    guard let error = result.error else { return [] }
    return [""] + marked(.error, error.message) + (error.remedy.map { field("", $0, indent: 0) } ?? [])
  }

  private func footer(_ result: RunResult) -> [Printout] {
    var time = Quantity.duration(seconds: result.seconds)
    if result.scenarioWaitSeconds > 0 {
      time += ", of which the scenario waits \(Quantity.duration(seconds: result.scenarioWaitSeconds))"
    }
    return [
      "",
      "Run folder  \(result.runFolder)",
      "Time        \(time)",
      verdict(result),
    ]
  }

  private func verdict(_ result: RunResult) -> Printout {
    let score = "\(result.points) of \(Quantity.count(result.maximum, "point"))"
    switch result.verdict {
    case .pass:
      return "\(style.paint("PASSED", .pass))  \(score)"
    case .fail where result.build?.succeeded != true:
      return "\(style.paint("FAILED", .fail))  \(score): the submission did not build"
    case .fail:
      let counts = [("failed", CheckStatus.fail), ("skipped", .skipped)].compactMap { word, status in
        let number = result.checks.count { $0.status == status }
        return number == 0 ? nil : "\(Quantity.count(number, "check")) \(word)"
      }
      return "\(style.paint("FAILED", .fail))  \(score), \(counts.joined(separator: ", "))"
    case .error:
      return "\(style.paint("NO VERDICT", .error))  the lab failed, not the submission: run it again"
    }
  }
}
