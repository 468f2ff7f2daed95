// SPDX-License-Identifier: Apache-2.0
import LabModel

@testable import LabReports

extension FuzzedReader {
  static func readCapture(_ bytes: [UInt8]) {
    expectHarmless(RunMaterial(result: result, transcript: "   0.001  lab     check a: A\n", capture: bytes))
  }

  static func readTranscript(_ bytes: [UInt8]) {
    expectHarmless(RunMaterial(result: result, transcript: text(bytes)))
  }

  /// Every report, of a run in which all that can be hostile is. None acts on a terminal.
  static func readReports(_ bytes: [UInt8]) {
    // Only the compiler's messages are long, and a result keeps 260 lines of them, of about 1,000 bytes: all else is cut where it is written down.
    let text = text(Array(bytes.prefix(260 << 10)))
    let short = Self.text(Array(bytes.prefix(4096)))
    var result = result
    result.submission = short
    result.build = RunResult.Build(succeeded: false, reason: short, messages: text, seconds: 0)
    for index in result.checks.indices {
      result.checks[index].expected = short
      result.checks[index].seen = short
      result.checks[index].hints = [short]
    }
    let narrow = TerminalStyle(color: true, live: true, width: 80)
    let reports = [
      MarkdownReport.render(result), JUnitReport.render(result), (try? JSONReport.render(result)) ?? "",
      TerminalReport(lab: exercise, style: .plain).summary(result).rendered(width: nil),
      TerminalReport(lab: exercise, style: narrow).summary(result).rendered(width: 80),
      RunPage(RunMaterial(result: result), heading: short, for: .instructor).render(),
    ]
    for report in reports {
      precondition(report.unicodeScalars.allSatisfy { "\n\t\u{1b}".unicodeScalars.contains($0) || !$0.isUndisplayable })
    }
  }

  /// A run of two checks, one of which students do not see.
  private static let exercise = Lab(
    id: "1", name: "n", title: "T", firmware: "f", forward: [], timeLimit: .seconds(1),
    checks: [
      CheckDefinition(id: "a", title: "A", points: 1, method: .never([.panic])),
      CheckDefinition(id: "b", title: "B", points: 1, method: .never([.panic]), visibility: .instructor),
    ])

  private static let result: RunResult = {
    RunResult(
      lab: exercise, submission: "main.c", emulator: "bundled", sdk: "bundled",
      build: RunResult.Build(succeeded: true, seconds: 0),
      checks: exercise.checks.map {
        CheckResult(
          $0, status: .fail, evidence: [Evidence(line: 2, entry: TranscriptEntry(time: 0, source: .wire, text: ""))])
      }, runFolder: "run", seconds: 0)
  }()

  /// The page is made, runs nothing, and acts on no terminal.
  private static func expectHarmless(_ material: RunMaterial) {
    for reader in Visibility.allCases {
      let page = RunPage(material, heading: "x", for: reader).render()
      precondition(!page.contains("<script"))
      precondition(page.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUndisplayable })
    }
  }
}
