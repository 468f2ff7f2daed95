// SPDX-License-Identifier: Apache-2.0
import LabModel

@testable import LabReports

enum ClassFixture {
  static let broken = LabError(code: "emulator.ended", message: "QEMU ended with SIGSEGV")

  static func student(
    _ student: String, name: String? = nil, email: String? = nil, _ result: RunResult = Fixture.result(),
    earlier: [RunResult.Verdict] = []
  ) -> StudentResult {
    let verdicts = earlier + [result.verdict]
    let attempts = verdicts.enumerated().map { index, verdict in
      StudentResult.Attempt(
        verdict: verdict, error: verdict == .error ? result.error ?? broken : nil,
        runFolder: "runs/\(student)/\(index + 1)")
    }
    return StudentResult(
      student: student, name: name, email: email, submission: student + ".c", digest: "00", result: result,
      attempts: attempts)
  }

  static let unbuilt = Fixture.result(
    build: RunResult.Build(succeeded: false, reason: "it has no app_main()", seconds: 1),
    checks: Fixture.checks.map { CheckResult($0, status: .skipped, seen: "the submission did not build") })

  static let failedLab = Fixture.result(checks: [], error: broken)

  static let result = ClassResult(
    lab: Fixture.lab,
    students: [
      student(
        "ann", name: "Ann A.", email: "ann@example.org", Fixture.result(checks: Fixture.passed), earlier: [.error]),
      student("bob"), student("carl", unbuilt), student("dora", failedLab, earlier: [.error, .error]),
      StudentResult(missing: "eve", name: "Eve, E.", maximum: 50),
    ], problems: ["the roster has nobody called frank"])
}
