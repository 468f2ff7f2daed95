// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders several runs for people: a line for each as it ends, and what they came to together.
public struct BatchReport: Sendable {
  private static let timeWidth = 9

  private let style: TerminalStyle
  private let idWidth: Int
  private static let languageWidth = FirmwareLanguage.allCases.map(\.title.count).max() ?? 0
  private let titleWidth: Int
  private let pointsWidth: Int

  /// - Parameters:
  ///   - labs: the labs that are run.
  ///   - style: where the lines go.
  public init(labs: [Lab], style: TerminalStyle) {
    self.style = style
    idWidth = max("Lab".count, labs.map(\.id.displayable.columns).max() ?? 0)
    pointsWidth = max("Points".count, labs.map { "\($0.points)/\($0.points)".count }.max() ?? 0)
    let widest = max("Title".count, labs.map(\.title.displayable.columns).max() ?? 0)
    let rest = style.markWidth + 1 + idWidth + 2 + 2 + Self.languageWidth + 2 + pointsWidth + 2 + Self.timeWidth
    titleWidth = style.width.map { max(10, min(widest, $0 - 1 - rest)) } ?? widest
  }

  /// The line above the runs.
  public var heading: Printout {
    style.paint(
      row(
        mark: "\(blanks: style.markWidth)", id: "Lab", title: "Title", language: "In", points: "Points", time: "Time"),
      .faint)
      + "\n"
  }

  /// The line of a run that has ended.
  public func line(_ result: RunResult) -> Printout {
    let points = result.verdict == .error ? "-/\(result.maximum)" : "\(result.points)/\(result.maximum)"
    return row(
      mark: style.mark(of: result.verdict), id: result.lab, title: result.title,
      language: result.build?.language?.title ?? "", points: points,
      time: Quantity.duration(seconds: result.seconds)) + "\n"
  }

  /// What to write below: how many passed, and how long they took together.
  public func summary(_ batch: BatchResult) -> Printout {
    let passed = batch.results.count { $0.verdict == .pass }
    let count = "\(passed) of \(Quantity.count(batch.results.count, "run")) passed"
    let verdict =
      switch batch.verdict {
      case .pass: style.paint("PASSED", .pass)
      case .fail: style.paint("FAILED", .fail)
      case .error: style.paint("NO VERDICT", .error)
      }
    return "\nTime        \(Quantity.duration(seconds: batch.seconds))\n\(verdict)  \(count)\n"
  }

  private func row(
    mark: Printout, id: String, title: String, language: String, points: String, time: String
  ) -> Printout {
    let title = title.displayable.truncated(to: titleWidth).padded(to: titleWidth)
    return "\(mark) \(id.displayable.padded(to: idWidth))  \(title)  "
      + "\(language.padded(to: Self.languageWidth))  "
      + "\(points.indented(to: pointsWidth))  \(time.indented(to: Self.timeWidth))"
  }
}
