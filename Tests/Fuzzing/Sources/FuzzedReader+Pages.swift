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

  /// A run of two checks, one of which students do not see.
  private static let result: RunResult = {
    let checks = [
      CheckDefinition(id: "a", title: "A", points: 1, method: .never([.panic])),
      CheckDefinition(id: "b", title: "B", points: 1, method: .never([.panic]), visibility: .instructor),
    ]
    let lab = Lab(
      id: "1", name: "n", title: "T", firmware: "f", forward: [], timeLimit: .seconds(1), checks: checks)
    return RunResult(
      lab: lab, submission: "main.c", emulator: "bundled", sdk: "bundled",
      build: RunResult.Build(succeeded: true, seconds: 0),
      checks: checks.map {
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
