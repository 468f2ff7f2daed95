// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders the labs there are.
public enum LabListReport {
  private struct Entry: Encodable {
    struct Check: Encodable {
      var id: String
      var title: String
      var points: Int
    }

    var id: String
    var name: String
    var title: String
    var points: Int
    var checks: [Check]

    init(_ lab: Lab) {
      id = lab.id
      name = lab.name
      title = lab.title
      points = lab.points
      checks = lab.checks.map { Check(id: $0.id, title: $0.title, points: $0.points) }
    }
  }

  /// A table for people: id, name, title, points, number of checks.
  public static func text(_ labs: [Lab], style: TerminalStyle) -> Printout {
    let heading = ["Lab", "Name", "Title", "Points", "Checks"]
    let rows = labs.map { lab in
      [lab.id.displayable, lab.name.displayable, lab.title.displayable, "\(lab.points)", "\(lab.checks.count)"]
    }
    var widths = heading.indices.map { column in ([heading] + rows).map { $0[column].columns }.max() ?? 0 }
    if let width = style.width {
      let others = widths.reduce(0, +) - widths[2] + 2 * widths.count
      widths[2] = max(10, min(widths[2], width - 1 - others))
    }
    func line(_ row: [String]) -> Printout {
      let cells = row.indices.map { column in
        let text = row[column].truncated(to: widths[column])
        return column < 3 ? text.padded(to: widths[column]) : text.indented(to: widths[column])
      }
      return "  \(cells.joined(separator: "  "))"
    }
    return Printout(lines: [style.paint(line(heading), .faint)] + rows.map(line))
  }

  /// An array for programs: one object a lab, with its checks.
  public static func entries(_ labs: [Lab]) -> some Encodable { labs.map(Entry.init) }
}
