// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabModel

@Suite struct VisibilityTests {
  private static let checks = [
    CheckDefinition(id: "ping", title: "PING", points: 10, method: .never([.panic]), hintAfter: 3),
    CheckDefinition(id: "secret", title: "Secret", points: 20, method: .never([.panic]), visibility: .instructor),
    CheckDefinition(id: "other", title: "Other", points: 5, method: .never([.panic]), visibility: .instructor),
    CheckDefinition(id: "pong", title: "PONG", points: 15, method: .never([.panic])),
  ]
  private let lab = Lab(
    id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [], timeLimit: .seconds(1), checks: checks
  )

  private func result(_ statuses: [CheckStatus], attempt: Int = 1) -> RunResult {
    let checks = zip(Self.checks, statuses).map { check, status in
      CheckResult(
        check, status: status, expected: "of \(check.id)", seen: "at \(check.id)",
        evidence: [Evidence(line: 1, entry: TranscriptEntry(time: 0, source: .wire, text: "for \(check.id)"))],
        hints: status == .fail ? ["about \(check.id)"] : [], duration: 7)
    }
    return RunResult(
      lab: lab, submission: "main.c", emulator: "bundled", sdk: "bundled", attempt: attempt,
      build: RunResult.Build(succeeded: true, seconds: 0.1), checks: checks, runFolder: "run", seconds: 1)
  }

  @Test func anInstructorSeesAll() {
    let result = result([.pass, .fail, .pass, .fail])
    #expect(result.shown(to: .instructor) == result)
    #expect(result.hasHiddenChecks)
  }

  @Test func aStudentSeesTheSameTotalAndNothingOfAHiddenCheck() throws {
    let result = result([.pass, .fail, .pass, .fail])
    let shown = result.shown(to: .student)
    #expect(shown.checks.map(\.title) == ["PING", "PONG", "2 hidden checks"])
    #expect(shown.points == result.points && shown.maximum == result.maximum && shown.verdict == result.verdict)
    #expect(shown.checks.reduce(0) { $0 + $1.points } == shown.points)
    #expect(shown.checks.reduce(0) { $0 + $1.maximum } == shown.maximum)
    let json = String(decoding: try JSONEncoder().encode(shown), as: UTF8.self)
    for word in ["secret", "Secret", "other", "Other"] { #expect(!json.contains(word)) }
    #expect(shown.shown(to: .student) == shown)
  }

  @Test(arguments: [
    ([CheckStatus.pass, .pass], CheckStatus.pass), ([.pass, .fail], .fail), ([.fail, .fail], .fail),
    ([.skipped, .skipped], .skipped), ([.pass, .skipped], .fail), ([.error, .pass], .error),
  ]) func hiddenChecksHaveOneStatus(statuses: [CheckStatus], together: CheckStatus) {
    let shown = result([.pass] + statuses + [.pass]).shown(to: .student)
    #expect(shown.checks.last?.status == together)
    #expect(shown.verdict == result([.pass] + statuses + [.pass]).verdict)
  }

  @Test func aHintWaitsForItsAttempt() {
    let statuses: [CheckStatus] = [.fail, .pass, .pass, .fail]
    let first = result(statuses, attempt: 2).shown(to: .student)
    #expect(first.checks.map(\.hints) == [["A hint comes with attempt 3."], ["about pong"], []])
    #expect(first.checks[0].seen == "at ping")
    #expect(result(statuses, attempt: 3).shown(to: .student).checks[0].hints == ["about ping"])
    #expect(result([.pass, .pass, .pass, .pass]).shown(to: .student).checks[0].hints == [])
  }

  @Test func aResultOfBeforeReadsAsVisible() throws {
    let result = result([.fail, .pass, .pass, .pass], attempt: 2)
    var object = try #require(
      try JSONSerialization.jsonObject(with: try JSONEncoder().encode(result)) as? [String: Any])
    #expect(try JSONDecoder().decode(RunResult.self, from: try JSONEncoder().encode(result)) == result)
    object["attempt"] = nil
    var checks = try #require(object["checks"] as? [[String: Any]])
    for index in checks.indices {
      checks[index]["visibility"] = nil
      checks[index]["hintAfter"] = nil
    }
    object["checks"] = checks
    let old = try JSONDecoder().decode(RunResult.self, from: try JSONSerialization.data(withJSONObject: object))
    #expect(old.attempt == 1)
    #expect(old.checks.allSatisfy { $0.visibility == .student && $0.hintAfter == 1 })
    #expect(old.points == result.points)
  }

  private func lab(_ second: String) throws -> Lab {
    try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        checks:
          - {id: first, title: First, points: 1, never: [panic], visibility: instructor}
          - {id: second, title: Second, points: 1, never: [reboot], \(second)}
        """, file: "lab.yaml")
  }

  @Test func readsFromALabFile() throws {
    let checks = try lab("hint_after: 2").checks
    #expect(checks.map(\.visibility) == [.instructor, .student])
    #expect(checks.map(\.hintAfter) == [1, 2])
    #expect(try lab("needs: [first], visibility: instructor").checks[1].needs == ["first"])
  }

  @Test(arguments: [
    ("visibility: students", "unknown visibility 'students'"),
    ("hint_after: 0", "'hint_after' has to be from 1 to 1000, not 0"),
    ("needs: [first]", "the check 'second' needs 'first', which students do not see"),
    ("visibility: instructor, hint_after: 2", "students do not see the check 'second'"),
  ]) func refuses(yaml: String, message: String) throws {
    let error = try #require(#expect(throws: LabError.self) { try lab(yaml) })
    #expect(error.message.hasPrefix("lab.yaml:7:"))
    #expect(error.message.contains(message), "\(error.message)")
  }
}
