// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabScenario

/// Runs a lab's checks on a running device and gives each its verdict.
///
/// What earlier checks left behind is the program's own doing, unless one of them failed: one mistake must not cost the points of another check.
/// So a check that fails on a device that others have used runs once more on a device that has just been started. That attempt counts if an
/// earlier check has failed; else it only tells whether the check fails by itself or because of what went before.
public struct Grader: Sendable {
  private let lab: Lab
  private let language: FirmwareLanguage?
  private let scenario: any ScenarioRunning
  private let progress: @Sendable (RunProgress) -> Void

  /// - Parameters:
  ///   - lab: the lab.
  ///   - language: the language of the program, in whose words hints are given; nil if it is not known.
  ///   - scenario: the running device.
  ///   - progress: called as each check begins and ends.
  public init(
    lab: Lab, language: FirmwareLanguage? = nil, scenario: any ScenarioRunning,
    progress: @escaping @Sendable (RunProgress) -> Void
  ) {
    self.lab = lab
    self.language = language
    self.scenario = scenario
    self.progress = progress
  }

  /// Runs all checks.
  /// - Returns: one result for each of the lab's checks, in its order, and why the lab could not go on, where it could not.
  /// - Throws: `CancellationError` when the run is being ended. What the lab cannot do is the verdict `error` of the checks concerned.
  public func run() async throws -> (checks: [CheckResult], failure: LabError?) {
    var results: [CheckResult] = []
    var isFresh = true
    var bites = WatchdogBites()
    var broken: LabError?
    var hidden = HiddenLines()
    for check in lab.checks {
      progress(.checking(check))
      let start = await scenario.note("check \(check.id): \(check.title)")
      var result: CheckResult
      if let broken {
        result = CheckResult(check, status: .error, seen: broken.message)
      } else {
        let begin = await scenario.guestTime
        do {
          result = try await judge(
            check, since: start.line, earlier: results, hidden: hidden, isFresh: &isFresh, bites: &bites)
        } catch let error as LabError {
          // Whoever runs this begins anew, with all checks.
          if error.isCrash { return (results, error) }
          broken = error
          result = CheckResult(check, status: .error, seen: error.message)
        }
        result.duration = await scenario.guestTime - begin
      }
      let end = await scenario.note("check \(check.id): \(result.status.rawValue)")
      result.evidence = hidden.shown(result.evidence, to: check.visibility, at: \.line)
      if check.visibility == .instructor { hidden.add(start.line...end.line) }
      progress(.checked(result))
      results.append(result)
    }
    return (results, broken)
  }

  private func judge(
    _ check: CheckDefinition, since line: Int, earlier: [CheckResult], hidden: HiddenLines, isFresh: inout Bool,
    bites: inout WatchdogBites
  ) async throws -> CheckResult {
    let unmet = earlier.first { check.needs.contains($0.id) && $0.status != .pass }
    switch check.method {
    case .never(let mishaps):
      let seen = await scenario.mishaps.filter { mishaps.contains($0.kind) }
      if !seen.isEmpty { return try await mishapResult(check, seen, hidden) }
      if let unmet { return skipped(check, since: unmet) }
      return CheckResult(check, status: .pass)
    case .steps, .explore:
      if let unmet { return skipped(check, since: unmet) }
      if await scenario.guestTime > lab.timeLimit.nanoseconds + bites.lostTime {
        return CheckResult(
          check, status: .fail, expected: "the run ends within \(lab.timeLimit)",
          seen: "the time was over before this check")
      }
      let isExplained = earlier.contains { $0.status == .fail }
      return try await judge(check, since: line, isExplained: isExplained, isFresh: &isFresh, bites: &bites)
    }
  }

  /// How often a check may meet a host that holds up the lab.
  private static let lapseLimit = 3

  /// Judges until neither the host nor the interrupt watchdog has had anything to do with it, where that may bite wrongly.
  private func judge(
    _ check: CheckDefinition, since line: Int, isExplained: Bool, isFresh: inout Bool, bites: inout WatchdogBites
  ) async throws -> CheckResult {
    var line = line
    var isFirst = true
    var repetitions = 0
    while true {
      let begin = await scenario.guestTime
      let count = await scenario.mishaps.count
      let lapses = await scenario.lapses
      let result = try await attempt(
        check, isFirst: isFirst, since: line, isExplained: isExplained, isFresh: &isFresh)
      isFirst = false
      if result.status == .fail, await scenario.lapses > lapses {
        repetitions += 1
        guard repetitions < Self.lapseLimit else { throw LabError.heldUp }
        line = await scenario.note(
          "the host held up the lab meanwhile: check \(check.id) runs again on a fresh device"
        ).line
        isFresh = true
        try await scenario.restart()
        await scenario.forgetMishaps(after: count)
        bites.lostTime += await scenario.guestTime - begin
        continue
      }
      guard await scenario.mayBiteWrongly, let mishap = await scenario.mishaps.dropFirst(count).first,
        mishap.isInterruptWatchdog
      else { return result }
      let report = await scenario.panic(from: mishap.evidence.line)
      if try bites.counts(of: check.id, pointsAtProgram: WatchdogBites.pointsAtProgram(report)) { return result }
      line = await scenario.note(
        "the interrupt watchdog bit, which may be this emulator's doing: check \(check.id) runs again on a fresh device"
      ).line
      isFresh = true
      try await scenario.restart()
      await scenario.forgetMishaps(after: count)
      bites.lostTime += await scenario.guestTime - begin
    }
  }

  /// - Parameter isFirst: whether the device has come up for this check.
  private func attempt(
    _ check: CheckDefinition, isFirst: Bool, since line: Int, isExplained: Bool, isFresh: inout Bool
  ) async throws -> CheckResult {
    switch check.method {
    case .steps(let steps):
      return try await take(
        isFirst || steps.restartsDevice ? steps : preparation(for: check) + steps, of: check, since: line,
        isExplained: isExplained, isFresh: &isFresh)
    case .explore(let exploration):
      isFresh = false
      let explorer = Explorer(exploration: exploration, scenario: scenario, preparation: preparation(for: check))
      guard let found = try await explorer.run() else { return CheckResult(check, status: .pass) }
      var result = try await failed(check, found.failure, since: line)
      result.conversation = found.conversation
      if result.hints.isEmpty, let hint = found.hint { result.hints = [hint] }
      return result
    case .never: preconditionFailure("a check that looks back has no attempts")
    }
  }

  /// - Parameter isExplained: whether an earlier check has failed, so that what went before may be that one's doing.
  private func take(
    _ steps: [Step], of check: CheckDefinition, since line: Int, isExplained: Bool, isFresh: inout Bool
  ) async throws -> CheckResult {
    let usesPeers = steps.contains { !$0.isPreparation }
    var used: CheckResult?
    do {
      let seen = try await scenario.run(steps)
      if usesPeers { isFresh = false }
      return CheckResult(check, status: .pass, seen: seen)
    } catch let failure as StepFailure {
      // Steps that restart the device have made it fresh by themselves.
      guard !isFresh, !steps.restartsDevice else {
        isFresh = false
        return try await failed(check, failure, since: line)
      }
      if !isExplained { used = try await failed(check, failure, since: line) }
    }
    await scenario.note(
      "check \(check.id) failed on a device that earlier checks had used: it runs again on a fresh one")
    try await scenario.restart()
    isFresh = !usesPeers
    do {
      try await scenario.run(preparation(for: check))
      let seen = try await scenario.run(steps)
      guard var used else { return CheckResult(check, status: .pass, seen: seen) }
      used.seen = [used.seen, "on a device that has just been started it succeeds"].compactMap(\.self).joined(
        separator: "; ")
      return used
    } catch let failure as StepFailure {
      isFresh = false
      return try await failed(check, failure, since: line)
    }
  }

  /// The steps about the device itself that a check rests on: it has its address, it listens.
  private func preparation(for check: CheckDefinition) -> [Step] {
    var needed = Set(check.needs)
    for earlier in lab.checks.reversed() where needed.contains(earlier.id) { needed.formUnion(earlier.needs) }
    return lab.checks.filter { needed.contains($0.id) }.flatMap { check -> [Step] in
      guard case .steps(let steps) = check.method else { return [] }
      return steps.filter(\.isPreparation)
    }
  }

  private func failed(
    _ check: CheckDefinition, _ failure: StepFailure, since line: Int
  ) async throws -> CheckResult {
    let diagnosis = Diagnosis(scenario: scenario, mistakes: lab.mistakes, language: language, firstLine: line)
    let hints = try await diagnosis.hints(for: failure, of: check)
    return CheckResult(
      check, status: .fail, expected: failure.expected, seen: failure.seen, evidence: failure.evidence, hints: hints)
  }

  private func mishapResult(
    _ check: CheckDefinition, _ all: [DeviceMishap], _ hidden: HiddenLines
  ) async throws -> CheckResult {
    let counts = CheckDefinition.Mishap.allCases.compactMap { kind -> String? in
      let count = all.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) × \(kind.rawValue)"
    }
    let failure = StepFailure(
      expected: check.title, seen: counts.joined(separator: ", "),
      evidence: hidden.shown(all, to: check.visibility, at: \.evidence.line).prefix(4).map(\.evidence))
    // What a hidden check brought about is not explained either: the device's own words may be that check's.
    guard let first = failure.evidence.first else {
      return CheckResult(check, status: .fail, expected: failure.expected, seen: failure.seen)
    }
    return try await failed(check, failure, since: hidden.end(before: first.line, to: check.visibility))
  }

  private func skipped(_ check: CheckDefinition, since unmet: CheckResult) -> CheckResult {
    CheckResult(check, status: .skipped, seen: "it needs \"\(unmet.title)\"")
  }
}

extension LabError {
  /// The end of a run in which nothing can be judged.
  static let heldUp = LabError(
    code: "run.host-overloaded",
    message: "the computer held up the lab again and again while the device ran on, so that nothing can be said of it",
    remedy: "Run it again when the machine is less busy.")
}

extension Step {
  /// Whether it only waits until the device has come up.
  fileprivate var isPreparation: Bool {
    switch action {
    case .device(.address), .device(.listens): true
    default: false
    }
  }
}
