// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel
import LabScenario

/// Finds the known mistakes that the evidence of a failed check shows. No hint is better than a wrong one.
struct Diagnosis: Sendable {
  let scenario: any ScenarioRunning
  /// What is said about the mistakes that are found here.
  let mistakes: MistakeCatalogue
  /// The language of the program; nil if it is not known.
  let language: FirmwareLanguage?
  /// The first transcript line that the check is answerable for.
  let firstLine: Int

  /// The hints that apply, most likely first: what the device itself reported; else the port, then the lab's own.
  func hints(for failure: StepFailure, of check: CheckDefinition) async throws -> [String] {
    // What the device says of itself explains what its peers saw.
    if let mishap = await mishapHint() { return [mishap] }
    if failure.facts.isBusy { return [explained("busy-loop", "The processor had nothing to do, and computed.")] }
    var hints: [String] = []
    // Where nobody answers, somebody may listen all the same: who waits for a place in the backlog is not answered either.
    if let port = failure.facts.missingPort, failure.facts.ended == .refused {
      if let hint = try await portHint(expected: port) { hints.append(hint) }
    }
    for hint in check.hints where try await applies(hint.condition, to: failure) {
      hints += hint.texts.map { $0.words(in: language) }
      break
    }
    return hints
  }

  private func applies(_ condition: HintCondition, to failure: StepFailure) async throws -> Bool {
    for clause in condition.clauses where try await !holds(clause, for: failure) { return false }
    return true
  }

  private func holds(_ clause: HintClause, for failure: StepFailure) async throws -> Bool {
    let facts = failure.facts
    switch clause {
    case .peer(let peer): return facts.peer == peer
    case .received(let text):
      guard let received = facts.received, let pattern = try facts.pattern(text) else { return false }
      return pattern.isFound(in: received)
    case .uart(let text):
      guard let pattern = try facts.pattern(text) else { return false }
      return await scenario.printed(matching: pattern)
    case .ended(.open): return facts.silent != nil && facts.ended == nil
    case .ended(let end): return facts.ended == end
    case .silent(let isSilent): return facts.silent == isSilent
    case .acknowledged(let isAcknowledged): return facts.acknowledged == isAcknowledged
    case .leftOpen(let peer): return facts.leftOpen.contains(peer)
    case .probed(let peer): return facts.probed.contains(peer)
    case .dialled(let pattern):
      return facts.dialled?.contains { pattern.matches(address: "\($0.address)", port: $0.port) } ?? false
    case .resolved(let name): return facts.resolved.map { name.holds(for: $0) } ?? false
    case .attempts(let comparison): return facts.attempts.map(comparison.holds) ?? false
    case .gap(let gap): return facts.gap.contains(gap)
    }
  }

  private func mishapHint() async -> String? {
    let all = await scenario.mishaps
    let own = all.filter { $0.evidence.line >= firstLine }
    guard let mishap = own.first(where: { $0.kind != .reboot }) else {
      return restartsWithoutPanic(all)
        ? "The device started again by itself, and printed no panic before that. esp_restart() does that." : nil
    }
    let report = await scenario.panic(from: mishap.evidence.line)
    switch report?.kind {
    case .stackOverflow(let task):
      return explained(
        "stack-overflow", task.isEmpty ? "A task ran out of stack." : "The task \"\(task)\" ran out of stack.")
    case .watchdog(let tasks):
      let names = tasks.map { "\"\($0)\"" }.joined(separator: " and ")
      return explained("busy-loop", "A watchdog complained\(names.isEmpty ? "." : " of \(names).")")
    case .exception(let what): return "The device panicked (\(what))\(place(of: report))."
    case .assertion(let what): return "A check in the program failed: \(what)\(place(of: report))."
    case .abort: return "The program called abort()\(place(of: report))."
    case nil: break
    }
    if mishap.evidence.entry.text.contains("should not return") {
      return explained("task-returns", "A task function returned.")
    }
    return mishap.kind == .watchdog
      ? explained("busy-loop", "A watchdog complained.")
      : "The device panicked: the lines after the message tell where."
  }

  /// Whether the device has started again since the check began, and neither a panic nor a watchdog was why.
  private func restartsWithoutPanic(_ mishaps: [DeviceMishap]) -> Bool {
    var isExplained = false
    for mishap in mishaps {
      if mishap.kind == .reboot, !isExplained, mishap.evidence.line >= firstLine { return true }
      isExplained = mishap.kind != .reboot
    }
    return false
  }

  /// What was seen, and what the catalogue says about the mistake that it shows.
  private func explained(_ mistake: String, _ fact: String) -> String {
    mistakes[mistake].map { "\(fact) \($0.hint.words(in: language))" } ?? fact
  }

  /// Where in the student's sources it happened, as the rest of a sentence.
  private func place(of report: PanicReport?) -> String {
    guard let place = report?.place, let file = place.file else { return "" }
    // A Swift function's name has its arguments' names.
    let function = place.function.map { ($0.contains("(") ? $0 : $0 + "()") + ", " } ?? ""
    return " in \(function)\(file)\(place.line.map { ":\($0)" } ?? "")"
  }

  private func portHint(expected: UInt16) async throws -> String? {
    let swapped = expected.byteSwapped
    let usual: [UInt16] = [swapped, 23, 80, 1234, 3000, 3334, 4242, 5000, 7, 8000, 8080, 8888, 9000, 12345]
    let around = (1...20).flatMap { [expected &- $0, expected &+ $0] }
    var seen: Set<UInt16> = [expected, 0]
    let candidates = (usual + around).filter { seen.insert($0).inserted }
    guard let port = try await scenario.listening(among: candidates).first else { return nil }
    if port == swapped {
      return explained(
        "port-byte-order", "The device listens on port \(port): \(expected) with its bytes swapped is \(port).")
    }
    return "The device listens on port \(port), not on \(expected)."
  }
}
