// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Whatever the host does to the processes of a run, it never becomes the student's failure: the verdict is the true one, or `error`.
///
///     LAB_TEST_CHAOS=200 swift test --filter ChaosTests     so many disturbances, and a table of what they came to
///
/// `LAB_TEST_CHAOS_SEED` begins another series, `LAB_TEST_CHAOS_JOBS` says how many run at a time, and `LAB_TEST_CHAOS_ROLES` names the only
/// processes to disturb, such as `network,emulator`.
@Suite(.serialized) struct ChaosTests {
  private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

  private static let lengths = RunLengths()
  private static let count = number("LAB_TEST_CHAOS") ?? 6
  private static let isLong = number("LAB_TEST_CHAOS") != nil
  private static let jobs = number("LAB_TEST_CHAOS_JOBS") ?? 2
  private static let seed = UInt64(number("LAB_TEST_CHAOS_SEED") ?? 1)

  @Test(.timeLimit(.minutes(240))) func aDisturbedRunTellsTheTruthOrNothing() async throws {
    var generator = SeededGenerator(seed: Self.seed)
    let cases = (0..<Self.count).map { number in
      (number, ChaosProgram.all[number % ChaosProgram.all.count], Disturbance(from: &generator))
    }
    var tally = ChaosTally()
    try await withThrowingTaskGroup(of: (String, ChaosOutcome).self) { group in
      for (index, (number, program, disturbance)) in cases.enumerated() {
        if index >= Self.jobs, let (event, outcome) = try await group.next() { tally.add(outcome, of: event) }
        group.addTask {
          let length = try await Self.lengths.length(of: program)
          let run = try ChaosRun(program)
          let (event, outcome, remark) = try await run.disturb(with: disturbance, length: length)
          let what = "\(number): \(event), \(disturbance.kind) at \(disturbance.moment), \(program.submission.path)"
          #expect(outcome.isFine, "\(what): \(outcome.rawValue): \(remark)\n\(run.folder.path)")
          if Self.isLong { print("\(what): \(outcome.rawValue): \(remark)") }
          if outcome.isFine { run.remove() }
          return (event, outcome)
        }
      }
      for try await (event, outcome) in group { tally.add(outcome, of: event) }
    }
    if Self.isLong { print(tally) }
  }

  @Test(.timeLimit(.minutes(120)), arguments: [SIGINT, SIGTERM, SIGKILL])
  func aLabThatIsEndedLeavesNothing(signal: Int32) async throws {
    var generator = SeededGenerator(seed: Self.seed)
    for number in 0..<max(2, Self.count / 10) {
      let program = ChaosProgram.all[number % ChaosProgram.all.count]
      let length = try await Self.lengths.length(of: program)
      let run = try ChaosRun(program)
      let moment = length * Double.random(in: 0...1, using: &generator)
      let (outcome, remark) = try await run.interrupt(by: signal, after: moment)
      #expect(outcome.isFine, "\(program.submission.path), after \(moment): \(outcome): \(remark)\n\(run.folder.path)")
      if outcome.isFine { run.remove() }
    }
  }

  @Test(.timeLimit(.minutes(240))) func aDisturbedGradingTellsTheTruthOrNothing() async throws {
    var generator = SeededGenerator(seed: Self.seed)
    var tally = ChaosTally()
    for number in 0..<max(1, Self.count / 10) {
      let disturbance = Disturbance(from: &generator)
      let grading = try ChaosGrading()
      let (event, outcome, remark) = try await grading.disturb(with: disturbance)
      tally.add(outcome, of: event)
      #expect(outcome.isFine, "\(number): \(event), \(disturbance): \(outcome): \(remark)\n\(grading.folder.path)")
      if outcome.isFine { grading.remove() }
    }
    if Self.isLong { print(tally) }
  }
}
