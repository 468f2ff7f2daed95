// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The table of a class's students: a row for each, a column for each check.
struct ClassTable: PagePart {
  private let result: ClassResult

  init(_ result: ClassResult) { self.result = result }

  /// Where the page of a student is, beside the overview.
  static func path(of student: StudentResult) -> String { "students/\(student.fileName).html" }

  /// A student's name, leading to the page.
  static func link(to student: StudentResult) -> Markup {
    "<a href=\"\(path: path(of: student))\">\(student.label)</a>"
  }

  var markup: Markup {
    guard !result.students.isEmpty else { return "<p>There are no students.</p>\n" }
    let heads: [Markup] = result.checks.enumerated().map { index, check in
      "<th class=\"c\" scope=\"col\" title=\"\(check.title)\">\(index + 1)</th>"
    }
    return """
      <section><h2>Students</h2>
      <p class="tools" id="tools" hidden><label>Find <input type="search" id="find" autocomplete="off"></label>
      <label>Verdict <select id="verdict"><option value="">all</option><option value="pass">passed</option>\
      <option value="fail">failed</option><option value="error">no verdict</option><option value="missing">missing</option></select></label>
      <span class="quiet" id="count" role="status"></span></p>
      <div class="scroll"><table id="students">
      <thead><tr><th scope="col">Student</th><th scope="col">Verdict</th><th class="n" scope="col">Points</th>\(heads)\
      <th class="n" scope="col">Runs</th></tr></thead>
      <tbody>
      \(result.students.map(row))</tbody></table></div></section>
      """
  }

  /// How many runs there were, leading to the folder of the last one.
  private func runs(of student: StudentResult) -> Markup {
    guard let folder = student.runFolder else { return "0" }
    return "<a href=\"\(path: folder)/\" title=\"the record of the run\">\(student.attempts.count)</a>"
  }

  private func row(_ student: StudentResult) -> Markup {
    let checks = Dictionary(student.checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let cells: [Markup] = result.checks.map { definition in
      guard let check = checks[definition.id], student.isBuilt != false else {
        return "<td class=\"c\" data-v=\"-1\"></td>"
      }
      return
        "<td class=\"c\" data-v=\"\(check.status == .error ? -1 : check.points)\">\(StatusMark(check.status, isShort: true))</td>"
    }
    let points: Markup? = student.hasPoints ? "\(student.points)" : nil
    // A name of one's own stands before what was handed in as.
    let id: Markup? = student.name == nil ? nil : "<small>\(student.student)</small>"
    let unbuilt: Markup? = student.isBuilt == false ? "<small>did not build</small>" : nil
    return """
      <tr data-verdict="\(student.verdict.rawValue)"><th scope="row" data-v="\(student.label)">\(Self.link(to: student))\(id)\(unbuilt)</th>\
      <td data-v="\(StudentResult.Verdict.allCases.firstIndex(of: student.verdict) ?? 0)">\(VerdictMark(student.verdict))</td>\
      <td class="n" data-v="\(student.hasPoints ? student.points : -1)">\(points)</td>\(cells)\
      <td class="n" data-v="\(student.attempts.count)">\(runs(of: student))</td></tr>

      """
  }
}
