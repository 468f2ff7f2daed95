// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Lays out one line a check: mark, title, points, time, in columns that stay the same from the first line to the total.
struct CheckTable {
  private static let timeWidth = 9

  private let style: TerminalStyle
  private let titleWidth: Int
  private let pointsWidth: Int

  /// - Parameters:
  ///   - titles: the titles of all the lab's checks.
  ///   - points: what they are worth together.
  ///   - style: where the lines go.
  init(titles: [String], points: Int, style: TerminalStyle) {
    self.style = style
    pointsWidth = max("Points".count, "\(points)/\(points)".count)
    let widest = max(titles.map(\.displayable.columns).max() ?? 0, "Check".count)
    let rest = style.markWidth + 1 + 2 + pointsWidth + 2 + Self.timeWidth
    titleWidth = style.width.map { max(10, min(widest, $0 - 1 - rest)) } ?? widest
  }

  /// The line above the checks.
  var heading: Printout {
    style.paint(row(mark: "\(blanks: style.markWidth)", title: "Check", points: "Points", time: "Time"), .faint)
  }

  /// The line of one check.
  func row(_ check: CheckResult) -> Printout {
    let points = check.status == .error ? "-/\(check.maximum)" : "\(check.points)/\(check.maximum)"
    return row(
      mark: style.mark(check.status), title: check.title, points: points,
      time: Quantity.duration(nanoseconds: check.duration))
  }

  /// The line below the checks.
  func total(points: Int, maximum: Int) -> Printout {
    style.paint(
      row(mark: "\(blanks: style.markWidth)", title: "Total", points: "\(points)/\(maximum)", time: ""), .strong)
  }

  private func row(mark: Printout, title: String, points: String, time: String) -> Printout {
    let title = title.displayable.truncated(to: titleWidth).padded(to: titleWidth)
    let line: Printout = "\(mark) \(title)  \(points.indented(to: pointsWidth))"
    return time.isEmpty ? line : "\(line)  \(time.indented(to: Self.timeWidth))"
  }
}
