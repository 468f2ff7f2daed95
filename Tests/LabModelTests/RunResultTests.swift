// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

@Suite struct RunResultTests {
  private static let checks = [
    CheckDefinition(id: "a", title: "A", points: 10, method: .never([.panic])),
    CheckDefinition(id: "b", title: "B", points: 5, method: .never([.reboot])),
  ]
  private let lab = Lab(
    id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [], timeLimit: .seconds(1), checks: checks
  )

  private func result(_ statuses: [CheckStatus], built: Bool = true, error: LabError? = nil) -> RunResult {
    RunResult(
      lab: lab, submission: "main.c", emulator: "bundled", sdk: "bundled",
      build: RunResult.Build(succeeded: built, seconds: 0.1),
      checks: zip(Self.checks, statuses).map { CheckResult($0, status: $1) }, error: error, runFolder: "run", seconds: 1
    )
  }

  @Test func passesOnlyWhenEveryCheckPassed() {
    #expect(result([.pass, .pass]).verdict == .pass)
    #expect(result([.pass, .pass]).points == 15)
    #expect(result([.pass, .fail]).verdict == .fail)
    #expect(result([.pass, .fail]).points == 10)
    #expect(result([.pass, .skipped]).verdict == .fail)
    #expect(result([]).verdict == .fail)
  }

  @Test func aFailureOfTheLabIsNotTheStudents() {
    #expect(result([.pass, .error]).verdict == .error)
    #expect(result([.fail, .pass], error: LabError(code: "x", message: "y")).verdict == .error)
  }

  @Test func exitCodesTellTheVerdict() {
    #expect(result([.pass, .pass]).exitCode == 0)
    #expect(result([.fail, .pass]).exitCode == 10)
    #expect(result([], built: false).exitCode == 10)
    #expect(result([.error, .pass]).exitCode == 11)
  }
}
