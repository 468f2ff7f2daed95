// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct LiveReportTests {
  private let erase = "\r\u{1b}[K"

  @Test func drawsALineOverItselfUntilAnEventLeavesOne() {
    var live = LiveReport(report: TerminalReport(lab: Fixture.lab, style: Fixture.terminal))
    #expect(live.handle(.building(submission: "main.c"), at: 0).text == erase + "⠋ Building main.c  0.00 s")
    #expect(live.tick(at: 1_500_000_000).text == erase + "⠙ Building main.c  1.50 s")
    #expect(
      live.handle(.built(RunResult.Build(succeeded: true, seconds: 1.6)), at: 1_600_000_000).text
        == erase + "✓ Built in 1.60 s\n")
    #expect(live.tick(at: 1_700_000_000).text == "")
    #expect(live.handle(.checking(Fixture.checks[0]), at: 2_000_000_000).text == erase + "⠹ Boots  0.00 s")
    #expect(
      live.handle(.checked(Fixture.mixed[0]), at: 2_100_000_000).text
        == erase + "✓ Boots              10/10     0.31 s\n")
    #expect(live.end().text == "")
  }

  @Test func takesTheLineAwayAtTheEnd() {
    var live = LiveReport(report: TerminalReport(lab: Fixture.lab, style: Fixture.terminal))
    _ = live.handle(.booting(emulator: "bundled"), at: 0).text
    #expect(live.end().text == erase)
    #expect(live.end().text == "")
  }

  @Test func neverFillsTheLastColumn() {
    var live = LiveReport(
      report: TerminalReport(lab: Fixture.lab, style: TerminalStyle(color: false, live: true, width: 40)))
    let text = live.handle(.building(submission: String(repeating: "温", count: 100)), at: 0).text
    #expect(text.dropFirst(erase.count).columns < 40)
  }

  @Test func movesNothingOnAPipe() {
    var live = LiveReport(report: TerminalReport(lab: Fixture.lab, style: .plain))
    #expect(live.handle(.building(submission: "main.c"), at: 0).text == "Building main.c\n")
    #expect(live.tick(at: 1_000_000_000).text == "")
    #expect(live.handle(.checking(Fixture.checks[0]), at: 0).text == "")
    #expect(live.end().text == "")
  }
}

@Suite struct TerminalStyleTests {
  private func style(
    _ choice: ColorChoice = .auto, terminal: Bool = true, columns: Int? = 100, in environment: [String: String]
  ) -> TerminalStyle {
    TerminalStyle(choice: choice, isTerminal: terminal, columns: columns, environment: environment)
  }

  @Test func followsTheTerminalAndTheEnvironment() {
    let term = ["TERM": "xterm"]
    #expect(style(in: term) == TerminalStyle(color: true, live: true, width: 100))
    #expect(style(columns: nil, in: term) == TerminalStyle(color: true, live: true, width: 80))
    #expect(style(columns: 10, in: term).width == 40)
    #expect(style(terminal: false, in: term) == .plain)
    #expect(style(in: ["TERM": "dumb"]) == TerminalStyle(color: false, live: false, width: 100))
    #expect(style(in: [:]) == TerminalStyle(color: false, live: false, width: 100))
    #expect(style(in: ["TERM": "xterm", "NO_COLOR": "1"]) == TerminalStyle(color: false, live: true, width: 100))
    #expect(style(in: ["TERM": "xterm", "NO_COLOR": ""]).color)
  }

  @Test func givesTheCallerTheLastWord() {
    #expect(style(.always, terminal: false, in: [:]) == TerminalStyle(color: true, live: false, width: nil))
    #expect(style(.always, in: ["TERM": "xterm", "NO_COLOR": "1"]).color)
    #expect(!style(.never, in: ["TERM": "xterm"]).color)
  }
}
