// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct TerminalReportTests {
  private func report(_ style: TerminalStyle) -> TerminalReport { TerminalReport(lab: Fixture.lab, style: style) }

  @Test func reportsAFailureOnATerminal() {
    #expect(
      report(Fixture.terminal).summary(Fixture.result()).text == """

          Check             Points       Time
        ✓ Boots              10/10     0.31 s
        ✗ Answers GET_TEMP    0/20     3.00 s
        – Answers twice       0/20
          Total              10/50

        ✗ Answers GET_TEMP
          Expected  a line that matches ^TEMP
          Seen      nothing in 3 s
          Evidence  lines of transcript.txt
             9     1.310  alice   sent GET_TEMP
            12     1.311  wire    ACK 9 bytes
          Hint      Is the server still in recv()?

        – Answers twice
          Skipped   it needs 'Answers GET_TEMP', which failed

        Run folder  runs/3-1
        Time        4.25 s, of which the scenario waits 3.10 s
        FAILED  10 of 50 points, 1 check failed, 1 check skipped

        """)
  }

  @Test func reportsAPassOnAPipe() {
    let result = Fixture.result(checks: Fixture.passed)
    #expect(
      report(.plain).summary(result).text == """

              Check             Points       Time
        PASS  Boots              10/10     0.31 s
        PASS  Answers GET_TEMP   20/20     0.31 s
        PASS  Answers twice      20/20     0.31 s
              Total              50/50

        Run folder  runs/3-1
        Time        4.25 s, of which the scenario waits 3.10 s
        PASSED  50 of 50 points

        """)
  }

  @Test func reportsABuildFailureWithTheCompilersWords() {
    let build = RunResult.Build(
      succeeded: false, reason: "main.c does not compile", messages: "main.c:3:5: error: no ';'\n\tint x\n\t     ^\n",
      seconds: 0.2)
    let result = Fixture.result(
      build: build, checks: Fixture.checks.map { CheckResult($0, status: .skipped, seen: "it did not build") })
    #expect(
      report(.plain).summary(result).text == """

          | main.c:3:5: error: no ';'
          |         int x
          |              ^
        FAIL  Build failed: main.c does not compile

        Run folder  runs/3-1
        Time        4.25 s, of which the scenario waits 3.10 s
        FAILED  0 of 50 points: the submission did not build

        """)
  }

  @Test func reportsAnErrorOfTheLab() {
    let error = LabError(code: "emulator.died", message: "QEMU ended", remedy: "Run it again.")
    let checks = [CheckResult(Fixture.checks[0], status: .error, seen: "QEMU ended")]
    #expect(
      report(Fixture.terminal).summary(Fixture.result(checks: checks, error: error)).text == """

          Check             Points       Time
        ! Boots               -/10
          Total               0/50

        ! Boots
          Reason    QEMU ended

        ! QEMU ended
          Run it again.

        Run folder  runs/3-1
        Time        4.25 s, of which the scenario waits 3.10 s
        NO VERDICT  the lab failed, not the submission: run it again

        """)
  }

  @Test func givesAReasonThatChecksShareOnce() {
    let checks = Fixture.checks.enumerated().map { index, check in
      CheckResult(check, status: index == 0 ? .error : .skipped, seen: index == 0 ? "QEMU ended" : "no device")
    }
    let text = report(.plain).summary(Fixture.result(checks: checks)).text
    #expect(
      text.contains(
        """

        ERROR Boots
          Reason    QEMU ended

        SKIP  Answers GET_TEMP
        SKIP  Answers twice
          Skipped   no device

        """))
  }

  @Test func printsEventsAsLinesOnAPipe() {
    let report = report(.plain)
    let events: [RunProgress] = [
      .building(submission: "main.c"),
      .built(RunResult.Build(succeeded: true, messages: "main.c:1:1: warning: unused\n", seconds: 0.42)),
      .booting(emulator: "bundled"),
      .checking(Fixture.checks[0]),
      .checked(Fixture.mixed[0]),
      .checked(Fixture.mixed[1]),
      .checked(Fixture.mixed[2]),
    ]
    #expect(
      report.heading(lab: Fixture.lab).text + events.map { report.lines(for: $0).text }.joined() == """
        Lab 3: Command server
        Building main.c
        Built in 0.42 s
          | main.c:1:1: warning: unused
        Booting on the bundled emulator
        PASS  Boots              10/10     0.31 s
        FAIL  Answers GET_TEMP    0/20     3.00 s
        SKIP  Answers twice       0/20

        """)
  }

  @Test func coloursMarksAndNothingElseOfALine() {
    let style = TerminalStyle(color: true, live: true, width: 60)
    let line = report(style).lines(for: .checked(Fixture.mixed[1])).text
    #expect(line == "\u{1b}[31m✗\u{1b}[0m Answers GET_TEMP    0/20     3.00 s\n")
  }

  @Test(arguments: [TerminalStyle.plain, Fixture.terminal])
  func emitsNoControlCharacterThatItWasGiven(style: TerminalStyle) {
    let bad = Fixture.hostile
    var definition = Fixture.checks[0]
    definition.title = bad
    let check = CheckResult(
      definition, status: .fail, expected: bad, seen: bad,
      evidence: [Evidence(line: 1, entry: TranscriptEntry(time: 0, source: .peer(bad), text: bad))], hints: [bad])
    var skipped = check
    skipped.status = .skipped
    var lab = Fixture.lab
    lab.id = bad
    lab.title = bad
    lab.checks = [definition]
    let report = TerminalReport(lab: lab, style: style)
    for succeeded in [true, false] {
      let build = RunResult.Build(succeeded: succeeded, reason: bad, messages: bad, seconds: 1)
      let result = RunResult(
        lab: lab, submission: bad, emulator: bad, sdk: bad, build: build, checks: [check, skipped],
        error: LabError(code: bad, message: bad, remedy: bad), runFolder: bad, seconds: 1)
      #expect(report.summary(result).text.isHarmless)
      #expect(report.lines(for: .built(build)).text.isHarmless)
    }
    #expect(report.heading(lab: lab).text.isHarmless)
    #expect(report.lines(for: .building(submission: bad)).text.isHarmless)
    #expect(report.lines(for: .booting(emulator: bad)).text.isHarmless)
    #expect(report.lines(for: .checked(check)).text.isHarmless)
  }

  @Test(arguments: [40, 60, 80])
  func fitsTheTerminal(width: Int) {
    let style = TerminalStyle(color: false, live: true, width: width)
    var lab = Fixture.lab
    lab.checks[1].title = "Answers a command whose description is far longer than a line of a narrow terminal, 温度"
    var check = Fixture.mixed[1]
    check.title = lab.checks[1].title
    check.expected = String(repeating: "expected ", count: 20)
    check.evidence[0].entry.text = String(repeating: "温度", count: 60)
    let report = TerminalReport(lab: lab, style: style)
    var result = Fixture.result()
    result.checks[1] = check
    result.scenarioWaitSeconds = 0
    let lines = report.summary(result).text.split(separator: "\n").filter { !$0.hasPrefix("FAILED") }
    #expect(lines.allSatisfy { $0.columns < width })
  }

  @Test func showsAStudentOneLineForHiddenChecks() {
    var lab = Fixture.lab
    for index in 1...2 { lab.checks[index].visibility = .instructor }
    var result = Fixture.result()
    for index in 1...2 { result.checks[index].visibility = .instructor }
    let report = TerminalReport(lab: lab, style: .plain)
    let text = report.summary(result).text
    #expect(text.contains("FAIL  2 hidden checks    0/40\n"))
    #expect(text.contains("Total             10/50\n"))
    #expect(!text.contains("GET_TEMP"))
    #expect(report.lines(for: .checked(result.checks[1])).text == "")
    #expect(report.activity(for: .checking(lab.checks[1]))?.text.hasSuffix("A hidden check") == true)
    let instructors = TerminalReport(lab: lab, style: .plain, reader: .instructor)
    #expect(instructors.summary(result).text.contains("nothing in 3 s"))
    #expect(instructors.lines(for: .checked(result.checks[1])).text.contains("GET_TEMP"))
  }

  @Test func writesDurations() {
    #expect(Quantity.duration(seconds: 0.004) == "0.00 s")
    #expect(Quantity.duration(seconds: 9.994) == "9.99 s")
    #expect(Quantity.duration(seconds: 12.34) == "12.3 s")
    #expect(Quantity.duration(seconds: 125) == "2 min 5 s")
    #expect(Quantity.duration(seconds: -1) == "0.00 s")
    #expect(Quantity.duration(seconds: .infinity) == "0.00 s")
  }
}
