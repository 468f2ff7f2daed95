// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel
import LabNetwork
import LabScenario
import Synchronization
import Testing

@testable import LabGrading

@Suite struct GraderTests {
  private static let listens = Step(.device(.listens(port: 3333)))
  private static let connect = Step(.client("a", .connect(port: 3333)))
  private static let send = Step(.client("b", .connect(port: 3333)))

  private func lab(hints: [Hint] = []) -> Lab {
    Lab(
      id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [3333], timeLimit: .seconds(60),
      checks: [
        CheckDefinition(id: "listens", title: "Listens", points: 10, method: .steps([Self.listens])),
        CheckDefinition(
          id: "first", title: "First", points: 20, needs: ["listens"], method: .steps([Self.connect]), hints: hints),
        CheckDefinition(id: "second", title: "Second", points: 30, needs: ["first"], method: .steps([Self.send])),
        CheckDefinition(id: "healthy", title: "Healthy", points: 5, needs: ["listens"], method: .never([.panic])),
      ],
      mistakes: MistakeCatalogue(["port-byte-order", "stack-overflow", "busy-loop"].map(Self.mistake)))
  }

  private static func mistake(_ id: String) -> Mistake {
    Mistake(id: id, title: "", wire: "", uart: "", hint: "See \(id).", shown: .init(lab: "9", submission: ""))
  }

  private func grade(_ lab: Lab, _ scenario: FakeScenario) async throws -> [CheckResult] {
    try await Grader(lab: lab, scenario: scenario, progress: { _ in }).run().checks
  }

  private static let noAnswer = StepFailure(expected: "an answer", seen: "nothing", facts: StepFacts(silent: true))

  private static func evidence(_ text: String, line: Int = 1) -> Evidence {
    Evidence(line: line, entry: TranscriptEntry(time: 0, source: .uart, text: text))
  }

  /// A pattern that fits no program is the lab's fault, not the student's.
  @Test(arguments: [HintCondition([.received("(${device.address}")]), HintCondition([.uart("(${device.address}")])])
  func aHintWithAPatternThatIsNoneIsAnError(_ condition: HintCondition) async throws {
    let scenario = FakeScenario(ports: [3333]) { steps, _ in
      guard steps == [Self.connect] else { return }
      var failure = StepFailure(expected: "", seen: "", facts: StepFacts(received: ""))
      failure.facts.variables = [Placeholder(Placeholder.device, .address): "10.0.2.15"]
      throw failure
    }
    let check = try await grade(lab(hints: [Hint(condition: condition, text: "this")]), scenario)[1]
    #expect(check.status == .error)
    #expect(check.seen?.contains("is not a regular expression") == true, "\(check)")
  }

  @Test func allPass() async throws {
    let results = try await grade(lab(), FakeScenario { _, _ in })
    #expect(results.map(\.status) == [.pass, .pass, .pass, .pass])
    #expect(results.map(\.points) == [10, 20, 30, 5])
  }

  @Test func tellsHowWhatTheLabLeavesOpenWasDone() async throws {
    let results = try await grade(lab(), FakeScenario(remark: "six attempts") { _, _ in })
    #expect(results.map(\.status) == [.pass, .pass, .pass, .pass])
    #expect(results[1].seen == "six attempts")
  }

  @Test func hintsAreInTheWordsOfTheProgramsLanguage() async throws {
    let hints = [
      Hint(condition: HintCondition([.silent(true)]), text: HintText("See recv().", swift: "See receive()."))
    ]
    for (language, words) in [(FirmwareLanguage.c, "See recv()."), (.swift, "See receive()."), (nil, "See recv().")] {
      let scenario = FakeScenario { steps, _ in if steps == [Self.connect] { throw Self.noAnswer } }
      let grader = Grader(lab: lab(hints: hints), language: language, scenario: scenario, progress: { _ in })
      #expect(try await grader.run().checks[1].hints == [words])
    }
  }

  @Test func whatNeedsAFailedCheckIsSkipped() async throws {
    let scenario = FakeScenario { steps, _ in if steps == [Self.listens] { throw Self.noAnswer } }
    let results = try await grade(lab(), scenario)
    #expect(results.map(\.status) == [.fail, .skipped, .skipped, .skipped])
    #expect(results[1].seen == "it needs \"Listens\"")
  }

  /// It fails all the same: what went before is the program's own doing.
  @Test func aCheckThatFailsOnAUsedDeviceRunsAgainToTellWhy() async throws {
    let scenario = FakeScenario { steps, starts in if steps == [Self.send], starts == 1 { throw Self.noAnswer } }
    let results = try await grade(lab(), scenario)
    #expect(results.map(\.status) == [.pass, .pass, .fail, .pass])
    #expect(results[2].seen?.hasSuffix("; on a device that has just been started it succeeds") == true)
    #expect(await scenario.starts == 2)
    #expect(await scenario.runs == [[Self.listens], [Self.connect], [Self.send], [Self.listens], [Self.send]])
  }

  /// One mistake must not cost the points of another check.
  @Test func aCheckThatAFailedOneMayHaveSpoiltPassesOnAFreshDevice() async throws {
    var lab = lab()
    lab.checks[2].needs = ["listens"]
    let scenario = FakeScenario { steps, starts in
      if steps == [Self.connect] || (steps == [Self.send] && starts == 1) { throw Self.noAnswer }
    }
    let results = try await grade(lab, scenario)
    #expect(results.map(\.status) == [.pass, .fail, .pass, .pass])
    #expect(await scenario.starts == 2)
  }

  @Test func aCheckThatFailsOnAFreshDeviceFails() async throws {
    let scenario = FakeScenario { steps, _ in if steps == [Self.send] { throw Self.noAnswer } }
    let results = try await grade(lab(), scenario)
    #expect(results.map(\.status) == [.pass, .pass, .fail, .pass])
    #expect(results[2].expected == "an answer")
    #expect(results[2].points == 0)
  }

  @Test func aDeviceThatNoCheckHasUsedIsNotStartedAgain() async throws {
    let scenario = FakeScenario { steps, _ in if steps == [Self.connect] { throw Self.noAnswer } }
    let results = try await grade(lab(), scenario)
    #expect(results[1].status == .fail)
    #expect(await scenario.starts == 1)
  }

  @Test func aCheckThatRestartsTheDeviceIsNotTriedAgain() async throws {
    var lab = lab()
    lab.checks[2].method = .steps([Step(.device(.restart)), Self.send])
    let scenario = FakeScenario { steps, _ in if steps.last == Self.send { throw Self.noAnswer } }
    let results = try await grade(lab, scenario)
    #expect(results.map(\.status) == [.pass, .pass, .fail, .pass])
    #expect(await scenario.starts == 1)
  }

  @Test(arguments: [
    (HintCondition([.dialled(DialledPattern(address: nil, port: 37392))]), true),
    (HintCondition([.dialled(DialledPattern(address: nil, port: 80))]), false),
    (HintCondition([.attempts(CountComparison(.equal, 1))]), true),
    (HintCondition([.attempts(CountComparison(.less, 1))]), false),
    (HintCondition([.resolved(.nothing)]), false), (HintCondition([.resolved(.name("A.b."))]), true),
    (HintCondition([.gap(.constant)]), true), (HintCondition([.gap(.early)]), false),
    (HintCondition([.uart("port ${ann.port}$")]), true), (HintCondition([.uart("port ${bob.port}$")]), false),
    (HintCondition([.peer("ann")]), true), (HintCondition([.peer("bob")]), false),
  ]) func aHintMayAskWhatTheDeviceDialled(condition: HintCondition, applies: Bool) async throws {
    var failure = Self.noAnswer
    failure.facts.dialled = [Endpoint(IPv4Address(10, 0, 2, 2), 37392)]
    failure.facts.peer = "ann"
    failure.facts.attempts = 1
    failure.facts.resolved = ["a.b"]
    failure.facts.gap = [.constant, .late]
    failure.facts.variables = [Placeholder("ann", .port): "49152"]
    let told = failure
    let scenario = FakeScenario(lines: ["client 10.0.2.2 port 49152"]) { steps, _ in
      if steps == [Self.connect] { throw told }
    }
    let hints = try await grade(lab(hints: [Hint(condition: condition, text: "this")]), scenario)[1].hints
    #expect(hints == (applies ? ["this"] : []))
  }

  @Test func aFailureOfTheLabIsAnErrorFromThereOn() async throws {
    let scenario = FakeScenario { steps, _ in
      if steps == [Self.connect] { throw LabError(code: "emulator.ended", message: "QEMU ended") }
    }
    let (results, failure) = try await Grader(lab: lab(), scenario: scenario, progress: { _ in }).run()
    #expect(results.map(\.status) == [.pass, .error, .error, .error])
    #expect(results[3].seen == "QEMU ended")
    #expect(failure?.code == "emulator.ended")
  }

  @Test func aMishapFailsItsCheckEvenWhenWhatItNeedsFailed() async throws {
    let mishap = DeviceMishap(kind: .panic, evidence: Self.evidence("Guru Meditation Error: Core  0 panic'ed"))
    let scenario = FakeScenario(mishaps: [mishap]) { steps, _ in if steps == [Self.listens] { throw Self.noAnswer } }
    let results = try await grade(lab(), scenario)
    #expect(results[3].status == .fail)
    #expect(results[3].evidence == [mishap.evidence])
    #expect(results[3].seen == "1 × panic")
  }

  @Test func anotherKindOfMishapDoesNot() async throws {
    let scenario = FakeScenario(mishaps: [DeviceMishap(kind: .watchdog, evidence: Self.evidence("task_wdt"))]) { _, _ in
    }
    #expect(try await grade(lab(), scenario)[3].status == .pass)
  }

  /// A program may print what a hidden check sends it, as if it panicked.
  @Test(arguments: [Visibility.student, .instructor])
  func whatAHiddenCheckBroughtAboutIsNotShownByALaterOne(reader: Visibility) async throws {
    let lab = Lab(
      id: "9", name: "sample", title: "Sample", firmware: "09-sample", forward: [3333], timeLimit: .seconds(60),
      checks: [
        CheckDefinition(id: "first", title: "First", points: 1, method: .steps([Self.connect])),
        CheckDefinition(
          id: "secret", title: "Secret", points: 1, method: .steps([Self.send]), visibility: .instructor),
        CheckDefinition(id: "healthy", title: "Healthy", points: 1, method: .never([.panic]), visibility: reader),
      ])
    // The checks' own lines are 1 to 5: each begins and ends with one.
    let scenario = FakeScenario(
      report: PanicReport(kind: .exception("SECRET"), message: "", frames: []),
      harm: { steps, _ in
        steps == [Self.send] ? [DeviceMishap(kind: .panic, evidence: Self.evidence("SECRET", line: 3))] : []
      }
    ) { _, _ in }
    let check = try await grade(lab, scenario)[2]
    #expect(check.status == .fail && check.seen == "1 × panic")
    #expect(check.evidence.isEmpty == (reader == .student))
    #expect(check.hints.isEmpty == (reader == .student))
  }

  @Test func theFirstHintWhoseConditionHoldsIsGiven() async throws {
    let hints = [
      Hint(condition: HintCondition([.received("unknown")]), text: "wrong"),
      Hint(condition: HintCondition([.silent(true)]), text: "right"),
      Hint(condition: HintCondition([.silent(true)]), text: "late"),
    ]
    let scenario = FakeScenario { steps, _ in if steps == [Self.connect] { throw Self.noAnswer } }
    #expect(try await grade(lab(hints: hints), scenario)[1].hints == ["right"])
  }

  @Test func noHintIsGivenWithoutEvidence() async throws {
    let hints = [Hint(condition: HintCondition([.uart("never printed")]), text: "wrong")]
    let scenario = FakeScenario(lines: ["something else"]) { steps, _ in
      if steps == [Self.connect] { throw Self.noAnswer }
    }
    #expect(try await grade(lab(hints: hints), scenario)[1].hints == [])
  }

  private static let refused = StepFailure(
    expected: "listens", seen: "RST", facts: StepFacts(ended: .refused, missingPort: 3333))

  @Test func namesAPortWithItsBytesSwapped() async throws {
    let scenario = FakeScenario(ports: [1293]) { _, _ in throw Self.refused }
    let hint = try #require(try await grade(lab(), scenario)[0].hints.first)
    #expect(hint.contains("1293") && hint.contains("See port-byte-order."))
  }

  @Test func namesAnotherPort() async throws {
    let scenario = FakeScenario(ports: [3334]) { _, _ in throw Self.refused }
    #expect(try await grade(lab(), scenario)[0].hints == ["The device listens on port 3334, not on 3333."])
  }

  @Test func namesNoPortWhenNoneIsOpen() async throws {
    let scenario = FakeScenario { _, _ in throw Self.refused }
    #expect(try await grade(lab(), scenario)[0].hints == [])
  }

  private static let place = PanicReport.Frame(
    role: "MEPC", address: 0x4200_1000, function: "answer", file: "main/main.c", line: 42)

  @Test(arguments: [
    (
      PanicReport(kind: .stackOverflow(task: "tcp"), message: "", frames: []),
      "The task \"tcp\" ran out of stack. See stack-overflow."
    ),
    (
      PanicReport(kind: .exception("Load access fault"), message: "", frames: [place]),
      "The device panicked (Load access fault) in answer(), main/main.c:42."
    ),
    (PanicReport(kind: .abort, message: "", frames: []), "The program called abort()."),
    (
      PanicReport(kind: .watchdog(tasks: ["spin"]), message: "", frames: []),
      "A watchdog complained of \"spin\". See busy-loop."
    ),
  ]) func explainsAPanic(report: PanicReport, hint: String) async throws {
    let mishap = DeviceMishap(kind: .panic, evidence: Self.evidence("panic", line: 9))
    let scenario = FakeScenario(mishaps: [mishap], report: report) { steps, _ in
      if steps == [Self.connect] { throw Self.noAnswer }
    }
    #expect(try await grade(lab(), scenario)[1].hints.first == hint)
  }

  @Test func progressTellsEveryCheckTwice() async throws {
    let told = Mutex<[String]>([])
    let grader = Grader(lab: lab(), scenario: FakeScenario { _, _ in }) { progress in
      switch progress {
      case .checking(let check): told.withLock { $0.append("> \(check.id)") }
      case .checked(let result): told.withLock { $0.append("< \(result.id)") }
      default: break
      }
    }
    _ = try await grader.run()
    #expect(
      told.withLock { $0 } == [
        "> listens", "< listens", "> first", "< first", "> second", "< second", "> healthy", "< healthy",
      ])
  }
}
