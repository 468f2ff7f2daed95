// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

@testable import LabReports

/// A class whose students tried to get something to run, to load, or to look like what it is not, wherever a text of theirs is shown.
enum HostileClass {
  static let attacks = [
    "<script>document.title='pwned'</script>",
    "\"><img src=x onerror=\"document.title='pwned'\">",
    "' onmouseover='document.title=1' x='",
    "</title></style></textarea></pre></svg><script>document.title='pwned'</script>",
    "<svg onload=document.title='pwned'>", "<!--", "-->", "]]><b>", "<iframe src=https://example.org/></iframe>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<meta http-equiv=refresh content=0;url=https://example.org/>",
    "<base href=https://example.org/>", "javascript:alert(1)", "//example.org/x", "&lt;script&gt;&#0;&#x3c;",
    "</li></ol><h2>PASSED 50 of 50 points</h2>", "{{constructor.constructor('alert(1)')()}}", Fixture.hostile,
    "\u{202e}drowssap\u{2066}\u{fffe}\u{feff}\u{0}", "✓ passed",
  ]

  static func result(_ text: String) -> RunResult {
    var result = Fixture.result()
    result.submission = text
    result.build = RunResult.Build(succeeded: true, reason: text, messages: text, seconds: 1)
    for index in result.checks.indices {
      result.checks[index].title = text
      result.checks[index].expected = text
      result.checks[index].seen = text
      result.checks[index].hints = [text]
    }
    result.checks[1].evidence = [
      Evidence(line: 1, entry: TranscriptEntry(time: 0, source: .peer(text), text: text)),
      Evidence(line: 2, entry: TranscriptEntry(time: 0, source: .uart, text: text)),
    ]
    return result
  }

  static func unbuilt(_ text: String) -> RunResult {
    Fixture.result(
      build: RunResult.Build(
        succeeded: false, reason: text, messages: attacks.joined(separator: "\n") + "\n", seconds: 1),
      checks: Fixture.checks.map { CheckResult($0, status: .skipped, seen: text) })
  }

  static func broken(_ text: String) -> RunResult {
    Fixture.result(checks: [], error: LabError(code: text, message: text, remedy: text))
  }

  /// Each attack as an ordinary result, a failed build and a failure of the lab, by the name of a student who is one as well.
  static let materials: [String: RunMaterial] = Dictionary(
    uniqueKeysWithValues: attacks.enumerated().flatMap { index, text in
      [
        ("\(index)a\(text)", RunMaterial(result: result(text), transcript: transcript, capture: capture(text))),
        ("\(index)b\(text)", RunMaterial(result: unbuilt(text))),
        ("\(index)c\(text)", RunMaterial(result: broken(text), transcript: transcript)),
      ]
    })

  static let transcript = attacks.map { "   0.001  uart    " + $0 }.joined(separator: "\n") + "\n"

  static func capture(_ text: String) -> [UInt8] {
    SampleCapture.conversation(sending: Array(text.utf8))
  }

  static var classResult: ClassResult {
    var lab = Fixture.lab
    lab.title = attacks[0]
    for index in lab.checks.indices { lab.checks[index].title = attacks[index + 1] }
    return ClassResult(
      lab: lab,
      students: materials.map { name, material in
        ClassFixture.student(name, name: name, email: name, material.result)
      } + attacks.map { StudentResult(missing: "missing " + $0, name: $0, maximum: 50) }, problems: attacks)
  }
}
