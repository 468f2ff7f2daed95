// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel
import LabScenario
import Testing

@testable import LabGrading

/// On an emulator that may let the interrupt watchdog bite wrongly, only what happens again counts.
@Suite struct WatchdogBiteTests {
  private static let listens = Step(.device(.listens(port: 3333)))
  private static let connect = Step(.client("a", .connect(port: 3333)))
  private static let noAnswer = StepFailure(expected: "an answer", seen: "nothing", facts: StepFacts(silent: true))
  private static let bite = mishap(
    .watchdog, "Guru Meditation Error: Core  0 panic'ed (Interrupt wdt timeout on CPU0). ")

  private static func mishap(_ kind: CheckDefinition.Mishap, _ text: String) -> DeviceMishap {
    DeviceMishap(
      kind: kind, evidence: Evidence(line: 1, entry: TranscriptEntry(time: 0, source: .uart, text: text)))
  }

  private static func report(file: String) -> PanicReport {
    PanicReport(
      kind: .watchdog(tasks: []), message: "Interrupt wdt timeout",
      frames: [PanicReport.Frame(role: "MEPC", address: 0x4038_0000, function: "f", file: file, line: 7)])
  }

  private let lab = Lab(
    id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [3333], timeLimit: .seconds(60),
    checks: [
      CheckDefinition(id: "listens", title: "Listens", points: 10, method: .steps([listens])),
      CheckDefinition(id: "first", title: "First", points: 20, needs: ["listens"], method: .steps([connect])),
      CheckDefinition(id: "healthy", title: "Healthy", points: 5, method: .never([.watchdog, .reboot])),
    ])

  private func run(_ scenario: FakeScenario) async throws -> (checks: [CheckResult], failure: LabError?) {
    try await Grader(lab: lab, scenario: scenario, progress: { _ in }).run()
  }

  /// A device that the watchdog bites in the check "first" while it has been started fewer times than told.
  private func bitten(
    until starts: Int, mayBiteWrongly: Bool = true, report: PanicReport? = report(file: "/idf/tasks.c")
  ) -> FakeScenario {
    let isBitten = { @Sendable (steps: [Step], now: Int) in steps.last == Self.connect && now < starts }
    return FakeScenario(
      report: report, mayBiteWrongly: mayBiteWrongly,
      harm: { isBitten($0, $1) ? [Self.bite, Self.mishap(.reboot, "the device restarts by itself")] : [] }
    ) { if isBitten($0, $1) { throw Self.noAnswer } }
  }

  @Test func aBiteThatDoesNotComeAgainIsNobodysFault() async throws {
    let scenario = bitten(until: 2)
    let (checks, failure) = try await run(scenario)
    #expect(checks.map(\.status) == [.pass, .pass, .pass])
    #expect(failure == nil)
    // The second attempt begins with what the check rests on.
    #expect(await scenario.runs == [[Self.listens], [Self.connect], [Self.listens, Self.connect]])
    #expect(await scenario.notes.contains { $0.contains("runs again on a fresh device") })
  }

  @Test func aProgramThatBlocksInterruptsDoesItEachTime() async throws {
    let (checks, failure) = try await run(bitten(until: 100, report: Self.report(file: "main.c")))
    #expect(checks.map(\.status) == [.pass, .fail, .fail])
    #expect(checks[2].seen == "1 × watchdog, 1 × reboot")
    #expect(failure == nil)
  }

  @Test func aPanicThatWaitsForAnInterruptPointsAtNobody() {
    var report = Self.report(file: "main.c")
    #expect(WatchdogBites.pointsAtProgram(report))
    report.frames.insert(
      PanicReport.Frame(role: "MEPC", address: 1, function: "vPortYield", file: "/idf/port.c"), at: 0)
    #expect(!WatchdogBites.pointsAtProgram(report))
    #expect(!WatchdogBites.pointsAtProgram(Self.report(file: "/idf/tasks.c")))
    #expect(!WatchdogBites.pointsAtProgram(nil))
  }

  @Test func whatIsProvenInOneCheckNeedsNoProofInTheNext() throws {
    var bites = WatchdogBites()
    #expect(try (0..<3).map { _ in try bites.counts(of: "a", pointsAtProgram: true) } == [false, false, true])
    #expect(try bites.counts(of: "b", pointsAtProgram: false))
  }

  @Test func bitesThatPointAtNobodyAreTheLabsFailure() async throws {
    let (checks, failure) = try await run(bitten(until: 100))
    #expect(checks.map(\.status) == [.pass, .error, .error])
    #expect(failure?.code == "emulator.watchdog")
  }

  @Test func theBundledMachineNeverBitesWrongly() async throws {
    let scenario = bitten(until: 100, mayBiteWrongly: false)
    let (checks, _) = try await run(scenario)
    #expect(checks.map(\.status) == [.pass, .fail, .fail])
  }

  @Test func whatWentWrongBeforeTheBiteCounts() async throws {
    let scenario = FakeScenario(
      mayBiteWrongly: true,
      harm: { steps, _ in steps == [Self.connect] ? [Self.mishap(.watchdog, "task_wdt"), Self.bite] : [] }
    ) { _, _ in }
    let (checks, failure) = try await run(scenario)
    #expect(checks.map(\.status) == [.pass, .pass, .fail])
    #expect(checks[2].seen == "2 × watchdog")
    #expect(failure == nil)
    #expect(await scenario.starts == 1)
  }
}
