// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct GradingReportTests {
  private let result = ClassFixture.result

  private func report(_ style: TerminalStyle = .plain, students: [String] = ["ann", "carl"]) -> GradingReport {
    GradingReport(lab: Fixture.lab, students: students, total: 12, style: style)
  }

  private func student(_ name: String) throws -> StudentResult {
    try #require(result.students.first { $0.student == name })
  }

  @Test func aLineSaysWhoseItIsAndWhatItCameTo() throws {
    let report = report()
    #expect(
      report.line(try student("bob"), former: nil, done: 3, seconds: 4.25).text == " 3/12 FAIL  bob   10/50    4.25 s\n"
    )
    #expect(
      report.line(try student("ann"), former: nil, done: 4, seconds: 0.5).text
        == " 4/12 PASS  ann   50/50    0.50 s  attempt 2\n")
    #expect(
      report.line(try student("carl"), former: try student("ann"), done: 5, seconds: 0.1).text
        == " 5/12 FAIL  carl   0/50    0.10 s  was 50/50; it has no app_main()\n")
    #expect(
      report.line(try student("dora"), former: nil, done: 12, seconds: 2).text
        == "12/12 ERROR dora   -/50    2.00 s  attempt 3; QEMU ended with SIGSEGV\n")
  }

  @Test func aLineFitsTheTerminal() throws {
    var long = try student("carl")
    long.student = String(repeating: "x", count: 200)
    long.buildFailure = String(repeating: "温", count: 200)
    let style = TerminalStyle(color: false, live: true, width: 80)
    let line = report(style, students: [long.student]).line(long, former: nil, done: 5, seconds: 0.1).text
    #expect(line.dropLast().columns < 80)
    #expect(line.contains("…"))
  }

  @Test func hostileNamesAndReasonsAreWrittenOut() throws {
    var hostile = try student("carl")
    hostile.student = Fixture.hostile
    hostile.buildFailure = Fixture.hostile
    let report = report(students: [hostile.student])
    let line = report.line(hostile, former: nil, done: 5, seconds: 0.1).text
    #expect(line.isHarmless)
    #expect(line.contains(Fixture.neutralised))
    #expect(line.count { $0 == "\n" } == 1)
    #expect(report.retry(Fixture.hostile, LabError(code: "x", message: Fixture.hostile)).text.isHarmless)
    let changed = GradeChange(from: try student("ann"), to: hostile, reason: .asked)
    var result = result
    result.students.append(hostile)
    result.problems.append(Fixture.hostile)
    #expect(report.summary(result, changes: [changed], folder: Fixture.hostile, seconds: 1).text.isHarmless)
  }

  @Test func theHeadingSaysWhatIsDone() {
    let heading = report().heading(
      lab: Fixture.lab, folder: "class", jobs: 2, done: 8, errors: 1, isResumed: true
    ).text
    #expect(
      heading == """
        Lab 3: Command server
        12 submissions in class, 2 at a time
        8 of 12 done already; going on
        The lab failed for 1 of those: --rerun errors tries it again

        """)
  }

  @Test func theSummaryCountsTheJudgedAndNamesWhatFailedMost() throws {
    let change = GradeChange(from: try student("carl"), to: try student("bob"), reason: .submission)
    let same = GradeChange(from: try student("bob"), to: try student("bob"), reason: .asked)
    let summary = report().summary(result, changes: [change, same], folder: "grades", seconds: 75).text
    #expect(
      summary == """

        Graded again: 2, of which 1 with another result
          bob  fail 0/50 -> fail 10/50, since the submission has changed
            Boots: skipped -> pass
            Answers GET_TEMP: skipped -> fail

        Points      mean 20, median 10 of 50, over 3 students
        Failing     Answers GET_TEMP: 1 of 2
        Lab failed  dora: QEMU ended with SIGSEGV
        Note        the roster has nobody called frank
        Results     grades
        Time        1 min 15 s
        INCOMPLETE  1 passed, 2 failed (1 of them did not build), 1 without a verdict, since the lab failed, 1 missing

        """)
  }

  @Test func theLiveLineCountsAndEstimates() {
    var live = GradingLive(total: 10, done: 2, limit: 2, style: Fixture.terminal)
    #expect(live.remaining == nil)
    live.started()
    live.started()
    live.graded(seconds: 3)
    #expect(live.remaining == 10.5)
    live.started()
    live.retrying()
    live.limited(to: 1)
    #expect(live.remaining == 21)
    #expect(live.tick().text == "\r\u{1b}[K⠙ 3 of 10 graded, 1 running  about 21 s left")
    #expect(live.write("a line\n").text == "\r\u{1b}[Ka line\n\r\u{1b}[K⠙ 3 of 10 graded, 1 running  about 21 s left")
    #expect(live.end().text == "\r\u{1b}[K")
    live.style = .plain
    #expect(live.write("a line\n").text == "a line\n")
  }

  @Test func estimatesAreRough() {
    #expect(Quantity.estimate(seconds: 0.2) == "1 s")
    #expect(Quantity.estimate(seconds: 99) == "99 s")
    #expect(Quantity.estimate(seconds: 170) == "3 min")
    #expect(Quantity.estimate(seconds: 7500) == "2 h 5 min")
  }
}
