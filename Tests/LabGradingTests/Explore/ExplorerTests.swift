// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabScenario
import Synchronization
import Testing

@testable import LabGrading

@Suite struct ExplorerTests {
  private static let answers = [
    "GET_TEMP": Exploration.Answer(pattern: "Temperature: [0-9.]+ C", expected: "the temperature"),
    "GET_HUMIDITY": Exploration.Answer(pattern: "Humidity: [0-9.]+ %", expected: "the humidity"),
  ]
  private static let table = Exploration.Model.table(
    answers: answers, otherwise: .init(pattern: "Unknown command", expected: "Unknown command"))

  private func exploration(isTable: Bool, conversations: Int = 40, seed: UInt64 = 1) -> Exploration {
    Exploration(
      conversations: conversations, seed: seed, port: 3333, model: isTable ? Self.table : .echo(isLogged: false),
      within: .seconds(1))
  }

  /// A device that is a simulated server.
  private func explore(_ exploration: Exploration, _ mistake: SimulatedServer.Mistake) async throws -> (
    failure: Explorer.Failure?, scenario: FakeScenario
  ) {
    let isTable = exploration.model == Self.table
    let server = Mutex((SimulatedServer(isLineServer: isTable, mistake: mistake), 0))
    let scenario = FakeScenario { steps, starts in
      try server.withLock { server in
        if server.1 != starts { server.0.restart() }
        server.1 = starts
        try server.0.run(steps)
      }
    }
    let explorer = Explorer(exploration: exploration, scenario: scenario, preparation: [])
    return (try await explorer.run(), scenario)
  }

  @Test(arguments: [true, false]) func aServerThatIsRightPassesThousandsOfConversations(isTable: Bool) async throws {
    let (failure, _) = try await explore(exploration(isTable: isTable, conversations: 2000), .none)
    #expect(failure == nil, "\(String(describing: failure))")
  }

  @Test(arguments: SimulatedServer.Mistake.allCases.filter { $0 != .none }, 1...3)
  func eachMistakeIsFound(mistake: SimulatedServer.Mistake, seed: UInt64) async throws {
    let isTable = mistake != .cutsAtNUL
    let (failure, scenario) = try await explore(exploration(isTable: isTable, seed: seed), mistake)
    let found = try #require(failure)
    #expect(found.conversation[0].hasPrefix("# conversation "))
    // What is told fails by itself, on a device that has just been started.
    let steps = try [Step](labFile: found.conversation)
    let server = SimulatedServer(isLineServer: isTable, mistake: mistake)
    #expect(throws: StepFailure.self) { try server.run(steps) }
    #expect(await scenario.starts <= 40)
  }

  @Test func aMistakeIsToldInAFewSteps() async throws {
    for mistake in [SimulatedServer.Mistake.keepsCR, .ignoresCase, .trims, .sendsNUL, .cutsLongLines] {
      let failure = try await explore(exploration(isTable: true), mistake).failure
      let found = try #require(failure)
      #expect(found.conversation.count <= 6, "\(mistake): \(found.conversation)")
    }
  }

  @Test func theSameSeedMakesTheSameConversations() {
    func conversations(_ seed: UInt64) -> [Conversation] {
      (0..<40).map { number in
        var generator = ConversationGenerator(exploration(isTable: true, seed: seed), number: number)
        return generator.conversation()
      }
    }
    #expect(conversations(1) == conversations(1))
    #expect(conversations(1) != conversations(2))
  }

  /// Whatever is left out of a conversation, a server that is right keeps to what is left.
  @Test(arguments: [true, false]) func whateverIsLeftOutTheRestMakesSense(isTable: Bool) throws {
    let exploration = exploration(isTable: isTable)
    var random = SplitMix64(seed: 5)
    for number in 0..<400 {
      var generator = ConversationGenerator(exploration, number: number)
      var conversation = generator.conversation()
      for _ in 0..<4 where conversation.moves.count > 1 {
        conversation.moves.remove(at: Int.random(in: 0..<conversation.moves.count, using: &random))
        let steps = conversation.steps(exploration)
        #expect(throws: Never.self) { try SimulatedServer(isLineServer: isTable, mistake: .none).run(steps) }
      }
    }
  }
}
