// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@Suite struct GradeChangeTests {
  private func result(_ statuses: [(String, CheckStatus)], error: LabError? = nil) -> StudentResult {
    let checks = statuses.map { id, _ in CheckDefinition(id: id, title: id, points: 10, method: .never([.panic])) }
    let lab = Lab(
      id: "9", name: "sample", title: "Sample", firmware: "sample", forward: [], timeLimit: .seconds(60),
      checks: checks)
    let run = RunResult(
      lab: lab, submission: "ann.c", emulator: "bundled", sdk: "bundled", build: .init(succeeded: true, seconds: 0),
      checks: error == nil ? zip(checks, statuses).map { CheckResult($0, status: $1.1) } : [], error: error,
      runFolder: "run", seconds: 0)
    return StudentResult(student: "ann", submission: "ann.c", digest: "a", result: run, attempts: [])
  }

  @Test func namesTheChecksThatEndedInAnotherWay() {
    let change = GradeChange(
      from: result([("a", .pass), ("b", .fail), ("old", .pass)]),
      to: result([("a", .pass), ("b", .pass), ("new", .fail)]), reason: .lab)
    #expect(change.before.points == 20)
    #expect(change.after.points == 20)
    #expect(change.checks.map(\.id) == ["b", "new", "old"])
    #expect(change.checks.map(\.before) == [.fail, nil, .pass])
    #expect(change.checks.map(\.after) == [.pass, .fail, nil])
    #expect(change.isDifferent)
  }

  @Test func theSameResultIsNoDifference() {
    let same = result([("a", .pass)])
    #expect(!GradeChange(from: same, to: same, reason: .asked).isDifferent)
  }

  @Test func aFailureOfTheLabIsADifference() {
    let error = LabError(code: "emulator.ended", message: "it ended")
    let change = GradeChange(from: result([("a", .pass)]), to: result([("a", .pass)], error: error), reason: .asked)
    #expect(change.after.verdict == .error)
    #expect(change.checks.map(\.after) == [nil])
  }
}
