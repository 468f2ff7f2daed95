// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@Suite struct ClassResultTests {
  private let lab = Lab(
    id: "3", name: "command-server", title: "Command server", firmware: "03-command-server", forward: [],
    timeLimit: .seconds(60),
    checks: [CheckDefinition(id: "ping", title: "PING", points: 40, method: .never([.panic]))])

  private func student(_ name: String, _ status: CheckStatus, error: LabError? = nil) -> StudentResult {
    let result = RunResult(
      lab: lab, submission: name, emulator: "bundled", sdk: "bundled",
      build: RunResult.Build(succeeded: true, seconds: 1),
      checks: [CheckResult(lab.checks[0], status: status)], error: error,
      runFolder: "runs/\(name)/1", seconds: 1)
    return StudentResult(
      student: name, submission: name + ".c", digest: "00", result: result,
      attempts: [.init(verdict: result.verdict, error: error, runFolder: "runs/\(name)/1")])
  }

  @Test func studentsAreInTheOrderOfTheirNames() {
    let result = ClassResult(lab: lab, students: [student("eve", .pass), student("ann", .pass)])
    #expect(result.students.map(\.student) == ["ann", "eve"])
    #expect(result.exitCode == 0)
  }

  @Test func whatTheLabCouldNotJudgeIsInNoStatistic() {
    let broken = student("bob", .pass, error: LabError(code: "emulator.ended", message: "QEMU ended"))
    let result = ClassResult(
      lab: lab, students: [student("ann", .fail), broken, StudentResult(missing: "eve", maximum: lab.points)])
    #expect(result.judged.map(\.student) == ["ann"])
    #expect(broken.points == 0)
    #expect(result.exitCode == 11)
  }

  @Test func aMissingSubmissionIsNoPass() {
    let result = ClassResult(lab: lab, students: [student("ann", .pass), StudentResult(missing: "eve", maximum: 40)])
    #expect(result.exitCode == 10)
  }
}
