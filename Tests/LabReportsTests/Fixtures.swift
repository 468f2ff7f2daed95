// SPDX-License-Identifier: Apache-2.0
import LabModel

@testable import LabReports

enum Fixture {
  static let checks = [
    CheckDefinition(id: "boots", title: "Boots", points: 10, method: .never([.panic])),
    CheckDefinition(id: "get-temp", title: "Answers GET_TEMP", points: 20, method: .never([.panic])),
    CheckDefinition(id: "twice", title: "Answers twice", points: 20, needs: ["get-temp"], method: .never([.panic])),
  ]

  static let lab = Lab(
    id: "3", name: "command-server", title: "Command server", firmware: "03-command-server", forward: [3333],
    timeLimit: .seconds(60), checks: checks)

  static let passed = checks.map { CheckResult($0, status: .pass, duration: 310_000_000) }

  static let mixed = [
    CheckResult(checks[0], status: .pass, duration: 310_000_000),
    CheckResult(
      checks[1], status: .fail, expected: "a line that matches ^TEMP", seen: "nothing in 3 s",
      evidence: [
        Evidence(line: 9, entry: TranscriptEntry(time: 1_310_000_000, source: .peer("alice"), text: "sent GET_TEMP")),
        Evidence(line: 12, entry: TranscriptEntry(time: 1_311_000_000, source: .wire, text: "ACK 9 bytes")),
      ],
      hints: ["Is the server still in recv()?"], duration: 3_000_000_000),
    CheckResult(checks[2], status: .skipped, seen: "it needs 'Answers GET_TEMP', which failed"),
  ]

  static func result(
    build: RunResult.Build? = RunResult.Build(succeeded: true, seconds: 0.42), checks: [CheckResult] = mixed,
    error: LabError? = nil
  ) -> RunResult {
    RunResult(
      lab: lab, submission: "main.c", emulator: "bundled", sdk: "bundled", build: build, checks: checks, error: error,
      runFolder: "runs/3-1", seconds: 4.25, scenarioWaitSeconds: 3.1)
  }

  /// Text that would clear the screen, set the title, write over the line before and turn the text's direction.
  static let hostile = "a\u{1b}[2J\u{9b}31m\u{7}\r\n\tb\u{202e}c\u{7f}"
  static let neutralised = "a\\x1b[2J\\x9b31m\\x07\\r\\n\\tb\\u{202e}c\\x7f"

  static let terminal = TerminalStyle(color: false, live: true, width: 60)
}

extension String {
  /// Whether nothing in the text acts on a terminal, line breaks apart.
  var isHarmless: Bool { unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUndisplayable } }
}
