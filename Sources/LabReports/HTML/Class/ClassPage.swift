// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The overview of a class, for the instructor: who has what, which checks fail, which mistakes are common, and apart from all that
/// what the lab itself failed at.
///
/// All of it is there without a script; ours sorts and filters the table of students.
public struct ClassPage {
  private static let studentsShown = 12
  private static let mistakesShown = 100

  private let result: ClassResult
  private let statistics: ClassStatistics

  /// - Parameter result: what grading the class came to.
  public init(_ result: ClassResult) {
    self.result = result
    statistics = ClassStatistics(result)
  }

  /// The whole file. It links to the students' pages in `students/` beside it.
  public func render() -> String {
    let content: Markup = """
      <header><p class="over">Lab \(result.lab)</p><h1>\(result.title)</h1></header>
      \(tiles)\(errors)\(problems)
      <div class="two">\(checks)\(mistakes)</div>
      \(ClassTable(result))
      """
    return PageShell(
      title: "Lab \(result.lab): \(result.title)", script: result.students.isEmpty ? nil : ClassScript.javaScript,
      content: content
    ).html
  }

  private var tiles: Markup {
    var tiles: [(String, String)] = [("Students", "\(result.students.count)")]
    tiles += [("Passed", .pass), ("Failed", .fail), ("No verdict", .error), ("Missing", .missing)].map {
      (name: String, verdict: StudentResult.Verdict) in (name, "\(statistics.counts[verdict] ?? 0)")
    }
    if statistics.unbuilt > 0 { tiles.append(("Did not build", "\(statistics.unbuilt)")) }
    if let mean = statistics.mean { tiles.append(("Mean of \(result.maximum)", Quantity.points(mean))) }
    if let median = statistics.median { tiles.append(("Median", Quantity.points(median))) }
    let judged = result.judged.count
    let note: Markup? =
      judged == result.students.count
      ? nil
      : "<p class=\"quiet\">Means and frequencies are over the \(Quantity.count(judged, "student")) with a verdict.</p>\n"
    return "<dl class=\"tiles\">\(tiles.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" as Markup })</dl>\n\(note)"
  }

  private var checks: Markup {
    let rows: [Markup] = statistics.checks.enumerated().map { index, check in
      let hidden: Markup? = check.check.visibility == .instructor ? "<small>students do not see it</small>" : nil
      return """
        <tr><td class="n">\(index + 1)</td><th scope="row">\(check.check.title)\(hidden)\(CountBar(check))</th>\
        <td class="n">\(check.failed)</td><td class="n">\(check.passed)</td></tr>

        """
    }
    return """
      <section><h2>Checks</h2><table>
      <thead><tr><th class="n">#</th><th>Check</th><th class="n">Failed</th><th class="n">Passed</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></section>

      """
  }

  private var mistakes: Markup? {
    let all = statistics.mistakes
    guard !all.isEmpty else { return nil }
    // What one student got wrong is not common, unless nobody shares anything.
    let shared = all.prefix { $0.students.count > 1 }.prefix(15)
    let common = shared.isEmpty ? all.prefix(5) : shared
    let rest = all.dropFirst(common.count)
    let folded: Markup? =
      rest.isEmpty
      ? nil
      : """
      <details><summary>\(Quantity.count(rest.count, "rarer mistake"))</summary><ul class="list">
      \(rest.prefix(Self.mistakesShown).map(item))</ul>\
      \(rest.count > Self.mistakesShown ? "<p class=\"quiet\">The others are in class.json.</p>" as Markup : nil)</details>

      """
    return """
      <section><h2>Common mistakes</h2><ul class="list">
      \(common.map(item))</ul>
      \(folded)</section>

      """
  }

  private func item(_ mistake: ClassStatistics.Mistake) -> Markup {
    let names: [Markup] = mistake.students.prefix(Self.studentsShown).enumerated().map { index, student in
      "\(index == 0 ? "" : ", ")\(ClassTable.link(to: student))"
    }
    let more = mistake.students.count - Self.studentsShown
    return """
      <li><strong>\(Quantity.count(mistake.students.count, "student"))</strong>: \(mistake.hint)
      <div class="quiet">\(names)\(more > 0 ? " and \(more) more" : "")</div></li>

      """
  }

  private var errors: Markup? {
    let failed = result.students.filter { $0.verdict == .error }
    guard !failed.isEmpty else { return nil }
    let rows: [Markup] = failed.map { student in
      let runs: [Markup] = student.attempts.map { "<a href=\"\(path: $0.runFolder)/\">\($0.runFolder)</a> " }
      return """
        <tr><th scope="row">\(ClassTable.link(to: student))</th><td class="n">\(student.attempts.count)</td><td>\(student.failureReason ?? "")</td>\
        <td>\(runs)</td></tr>

        """
    }
    return """
      <section class="card error"><h2>The lab failed for \(Quantity.count(failed.count, "student"))</h2>
      <p class="quiet">They have no verdict and no points, and are in no figure below: they have to be graded again.</p>
      <div class="scroll"><table><thead><tr><th>Student</th><th class="n">Attempts</th><th>Reason</th><th>Runs</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div></section>

      """
  }

  private var problems: Markup? {
    guard !result.problems.isEmpty else { return nil }
    let list: Markup = "<ul class=\"list\">\n\(result.problems.map { "<li>\($0)</li>\n" as Markup })</ul>"
    // Many of a kind must not push away what the page is about.
    let body: Markup =
      result.problems.count <= 6
      ? list : "<details><summary>\(Quantity.count(result.problems.count, "remark"))</summary>\(list)</details>"
    return "<section class=\"card\"><h2>The class folder and the roster</h2>\n\(body)</section>\n"
  }
}

/// How many passed, failed and skipped a check, as a bar.
struct CountBar: PagePart {
  private static let width = 220

  private let check: ClassStatistics.Check

  init(_ check: ClassStatistics.Check) { self.check = check }

  var markup: Markup {
    var x = 0
    var parts: [Markup] = []
    for (count, name) in [(check.failed, "fail"), (check.skipped, "skipped"), (check.passed, "pass")] as [(Int, Markup)]
    {
      let length = check.count == 0 ? 0 : Self.width * count / check.count
      parts.append("<rect class=\"\(name)\" x=\"\(x)\" y=\"0\" width=\"\(length)\" height=\"10\"/>")
      x += length
    }
    let title = "\(check.failed) failed, \(check.skipped) skipped, \(check.passed) passed"
    return """
      <svg class="bar" role="img" width="\(Self.width)" height="16" viewBox="0 -4 \(Self.width) 16"><title>\(title)</title>\(parts)</svg>
      """
  }
}
