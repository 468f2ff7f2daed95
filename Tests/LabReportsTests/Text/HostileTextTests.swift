// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

/// Whatever the texts of a result are, no line of an output begins with them.
@Suite struct HostileTextTests {
  private static let styles = [
    TerminalStyle.plain, TerminalStyle(color: false, live: false, width: 40),
    TerminalStyle(color: true, live: true, width: 60),
    TerminalStyle(color: true, live: false, width: nil), TerminalStyle(color: false, live: true, width: 80),
  ]

  /// A lab, a result and all else that reports are made of, with made-up texts wherever a text can be.
  private struct Material {
    var text: HostileText
    var lab = Fixture.lab
    var results: [RunResult] = []

    init(seed: Int) {
      text = HostileText(seed: seed)
      lab.id = text.text()
      lab.name = text.text()
      lab.title = text.text()
      for index in lab.checks.indices { lab.checks[index].title = text.text() }
      for kind in 0..<4 { results.append(result(kind)) }
    }

    mutating func check(_ definition: CheckDefinition, _ status: CheckStatus) -> CheckResult {
      let evidence = (1...2).map { line in
        Evidence(line: line, entry: TranscriptEntry(time: 1, source: .peer(text.text()), text: text.text()))
      }
      return CheckResult(
        definition, status: status, expected: text.text(), seen: text.text(), evidence: evidence, hints: [text.text()],
        duration: 1)
    }

    mutating func error() -> LabError {
      LabError(code: text.text(), message: text.text(), remedy: Bool.random(using: &text) ? text.text() : nil)
    }

    /// - Parameter kind: 0 a run, 1 a run of another end, 2 a failed build, 3 a failure of the lab.
    mutating func result(_ kind: Int) -> RunResult {
      let checks = lab.checks.enumerated().map { index, definition in
        check(definition, kind == 2 ? .skipped : CheckStatus.allCases[(index + kind) % 4])
      }
      let messages = (0..<20).map { _ in text.text() }.joined(separator: "\n")
      return RunResult(
        lab: lab, submission: text.text(), emulator: text.text(), sdk: text.text(),
        build: RunResult.Build(
          succeeded: kind != 2, language: .swift, reason: text.text(), messages: messages, seconds: 1),
        checks: checks, error: kind == 3 ? error() : nil, runFolder: text.text(), seconds: 1)
    }

    mutating func student(_ result: RunResult) -> StudentResult {
      StudentResult(
        student: text.text(), name: text.text(), email: text.text(), submission: text.text(), digest: "0",
        result: result,
        attempts: [
          StudentResult.Attempt(verdict: result.verdict, error: result.error, runFolder: text.text())
        ])
    }
  }

  @Test(arguments: 0..<5, styles) func noLineOfATerminalBeginsWithThem(seed: Int, style: TerminalStyle) {
    var material = Material(seed: seed)
    let lab = material.lab
    var printout: Printout = ""
    for result in material.results {
      var live = LiveReport(report: TerminalReport(lab: lab, style: style, reader: .instructor))
      printout += live.report.heading(lab: lab)
      let events: [RunProgress] =
        [
          .building(submission: result.submission, sdk: result.sdk),
          .built(result.build ?? .init(succeeded: true, seconds: 1)),
          .booting(emulator: result.emulator), .checking(lab.checks[0]),
        ] + result.checks.map { .checked($0) }
      for event in events { printout += live.handle(event, at: 0) + live.tick(at: 1) }
      printout += live.end() + live.report.summary(result)
    }
    let batch = BatchReport(labs: [lab], style: style)
    printout += batch.heading
    for result in material.results { printout += batch.line(result) }
    printout += Printout(material.error())
    printout += LabListReport.text([lab], style: style)
    let finding = DoctorFinding(
      topic: "x", state: .missing, summary: material.text.text(), details: [material.text.text()],
      remedy: material.text.text())
    let choice = DoctorChoice(
      language: .c, sdk: .idf, emulator: material.text.text(), summary: material.text.text(),
      reasons: [material.text.text()])
    let examination = DoctorExamination(
      findings: [finding], choices: [choice, DoctorChoice(language: .swift, problem: material.error())],
      labs: [DoctorLab(lab: material.text.text()), DoctorLab(lab: material.text.text(), problem: material.error())])
    printout += DoctorReport.text(examination, style: style)
    let output = printout.rendered(width: style.width)
    #expect(HostileText.faults(in: output, width: style.width) == [])
  }

  @Test(arguments: 0..<5, styles) func norOneOfAClass(seed: Int, style: TerminalStyle) {
    var material = Material(seed: seed)
    let students = material.results.map { material.student($0) }
    let problems = (0..<3).map { _ in material.text.text() }
    let result = ClassResult(lab: material.lab, students: students, problems: problems)
    let report = GradingReport(lab: material.lab, students: students.map(\.student), total: 12, style: style)
    var live = GradingLive(total: 12, done: 1, limit: 2, style: style)
    var printout = report.heading(
      lab: material.lab, folder: material.text.text(), jobs: 2, done: 3, errors: 1, isResumed: true)
    for (index, student) in students.enumerated() {
      printout += live.write(report.line(student, former: students[0], done: index, seconds: 1))
      printout += live.write(report.retry(student.student, material.error())) + live.tick()
    }
    printout += live.end() + report.limited(to: 1, since: material.text.text())
    printout += report.summary(
      result, changes: students.map { GradeChange(from: students[0], to: $0, reason: .asked) },
      folder: material.text.text(), seconds: 1)
    #expect(HostileText.faults(in: printout.rendered(width: style.width), width: style.width) == [])
  }

  @Test(arguments: 0..<5) func norOneOfAFile(seed: Int) throws {
    var material = Material(seed: seed)
    // Headings of Markdown and selectors of style sheets begin so, and arrays.
    let own = "#@["
    var texts: [String] = []
    for result in material.results {
      texts += [JUnitReport.render(result), MarkdownReport.render(result), try JSONReport.render(result)]
      texts.append(try GradescopeReport.render(result) ?? "")
      texts.append(RunPage(RunMaterial(result: result), heading: material.text.text(), for: .instructor).render())
    }
    let students = material.results.map { material.student($0) }
    let result = ClassResult(lab: material.lab, students: students, problems: [material.text.text()])
    try ClassReports.render(result, material: { _ in nil }, write: { _, text in texts.append(text) })
    texts.append(try JSONReport.render(value: result))
    for text in texts { #expect(HostileText.faults(in: text.replacing("\r\n", with: "\n"), own: own) == []) }
  }
}
