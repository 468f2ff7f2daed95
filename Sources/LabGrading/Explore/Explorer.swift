// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabScenario

/// Has conversations with a device that the lab makes up, until one fails.
struct Explorer {
  /// A conversation that failed.
  struct Failure {
    /// How it failed.
    var failure: StepFailure
    /// Its steps as a lab file has them, the first line a comment that tells where it comes from.
    var conversation: [String]
    /// What it takes for the conversation to fail; nil where that is not known.
    var hint: String?
  }

  let exploration: Exploration
  let scenario: any ScenarioRunning
  /// The steps that wait until the device has come up.
  let preparation: [Step]

  /// How many times a conversation that failed is tried with something left out.
  private static let trials = 24

  /// Has them all, on a device that has just been started.
  /// - Returns: the first that failed, cut down to what is needed for that; nil if none did.
  func run() async throws -> Failure? {
    try await prepare()
    for number in 0..<exploration.conversations {
      let conversation = conversation(number)
      do {
        try await scenario.run(conversation.steps(exploration))
      } catch let failure as StepFailure {
        return try await shortest(conversation, number, failure)
      }
    }
    return nil
  }

  private func conversation(_ number: Int) -> Conversation {
    var generator = ConversationGenerator(exploration, number: number)
    return generator.conversation()
  }

  private func prepare() async throws {
    // Those of such a model start the device themselves.
    switch exploration.model {
    case .printed, .attempts: return
    case .echo, .table, .rounds:
      try await scenario.restart()
      try await scenario.run(preparation)
    }
  }

  /// How a conversation fails on a device that has just been started; nil if it does not.
  private func failure(of conversation: Conversation) async throws -> StepFailure? {
    do {
      try await prepare()
      try await scenario.run(conversation.steps(exploration))
      return nil
    } catch let failure as StepFailure {
      return failure
    }
  }

  private func shortest(_ conversation: Conversation, _ number: Int, _ failure: StepFailure) async throws -> Failure {
    await scenario.note(
      "conversation \(number + 1) of \(exploration.conversations) failed: the lab looks for the shortest that does")
    var shrinker = ConversationShrinker(trials: Self.trials)
    // What went before may have to do with it.
    var found = (conversation: conversation, failure: failure)
    var isFound = false
    for length in Self.lengths where length == 0 || length / 2 < number {
      let first = max(0, number - length)
      let whole =
        length == 0
        ? conversation
        : Conversation(moves: (first...number).flatMap { self.conversation($0).numbered($0 + 1).moves })
      guard let again = try await self.failure(of: whole) else { continue }
      (found, isFound) = ((whole, again), true)
      break
    }
    if isFound, let shorter = try await shrinker.shortest(of: found.conversation, failure: self.failure(of:)) {
      found = shorter
    }
    let isShortest = isFound && shrinker.isDone
    let origin = "# conversation \(number + 1) of \(exploration.conversations), seed \(exploration.seed)"
    let remark = isFound ? "" : ", which fails only after those before it"
    // What comes after the step that failed has nothing to say.
    let steps = found.conversation.steps(exploration).prefix(found.failure.succeeded + 1)
    let lines = steps.compactMap { step -> String? in
      var step = step
      step.expected = nil
      return step.yaml.map { "- " + $0 }
    }
    return Failure(
      failure: found.failure, conversation: [origin + remark] + lines,
      hint: isShortest ? ConversationNeeds.hint(for: found.conversation, model: exploration.model) : nil)
  }

  /// With how many of those before it a conversation is tried.
  private static let lengths = [0, 1, 3, 7, 15, 31, 63]
}
