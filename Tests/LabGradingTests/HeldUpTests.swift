// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabScenario
import Testing

@testable import LabGrading

/// A host that holds up the lab while the device runs on, and processes that crash.
@Suite struct HeldUpTests {
  private static let listens = Step(.device(.listens(port: 3333)))
  private static let connect = Step(.client("a", .connect(port: 3333)))
  private static let noAnswer = StepFailure(expected: "an answer", seen: "nothing", facts: StepFacts(silent: true))

  private let lab = Lab(
    id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [3333], timeLimit: .seconds(60),
    checks: [
      CheckDefinition(id: "listens", title: "Listens", points: 10, method: .steps([listens])),
      CheckDefinition(id: "first", title: "First", points: 20, needs: ["listens"], method: .steps([connect])),
      CheckDefinition(id: "healthy", title: "Healthy", points: 5, method: .never([.reboot])),
    ])

  private func run(_ scenario: FakeScenario) async throws -> (checks: [CheckResult], failure: LabError?) {
    try await Grader(lab: lab, scenario: scenario, progress: { _ in }).run()
  }

  /// A device that fails and restarts in the check "first" while it has been started fewer times than told; until then the host holds up the lab.
  private func heldUp(until starts: Int, failing: Int) -> FakeScenario {
    let reboot = DeviceMishap(
      kind: .reboot, evidence: Evidence(line: 1, entry: TranscriptEntry(time: 0, source: .lab, text: "restarts")))
    return FakeScenario(
      lapse: { $0.last == Self.connect && $1 < starts },
      harm: { $0.last == Self.connect && $1 < failing ? [reboot] : [] }
    ) { if $0.last == Self.connect, $1 < failing { throw Self.noAnswer } }
  }

  @Test func whatFailsThenDoesNotCount() async throws {
    let scenario = heldUp(until: 3, failing: 3)
    let (checks, failure) = try await run(scenario)
    #expect(checks.map(\.status) == [.pass, .pass, .pass])
    #expect(failure == nil)
    #expect(await scenario.notes.contains { $0.contains("runs again on a fresh device") })
  }

  @Test func whatFailsAfterwardsCounts() async throws {
    let (checks, failure) = try await run(heldUp(until: 3, failing: 100))
    #expect(checks.map(\.status) == [.pass, .fail, .fail])
    #expect(failure == nil)
  }

  @Test func whatPassesAllTheSameHasPassed() async throws {
    let (checks, failure) = try await run(heldUp(until: 100, failing: 0))
    #expect(checks.map(\.status) == [.pass, .pass, .pass])
    #expect(failure == nil)
  }

  @Test func aHostThatAlwaysDoesItIsAnError() async throws {
    let (checks, failure) = try await run(heldUp(until: 100, failing: 100))
    #expect(checks.map(\.status) == [.pass, .error, .error])
    #expect(failure?.code == "run.host-overloaded")
  }

  /// A crash ends the checks, so that the run may begin anew; the second one is the program's.
  @Test func aCheckInWhichAProcessCrashesFailsWhenItIsToldOf() async throws {
    let crash = LabError(code: "network.crashed", message: "the network process crashed (signal 11)")
    let (checks, failure) = try await run(FakeScenario { steps, _ in if steps.last == Self.connect { throw crash } })
    #expect(checks.map(\.status) == [.pass])
    #expect(failure == crash)
    let blamed = LabRun.blaming(crash, lab.checks, checks)
    #expect(blamed.map(\.status) == [.pass, .fail, .skipped])
    #expect(blamed[1].seen == crash.message)
    #expect(LabRun.blaming(crash, lab.checks, []).map(\.status) == [.fail, .skipped, .skipped])
  }
}
