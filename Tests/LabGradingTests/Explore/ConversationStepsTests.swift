// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabGrading

/// Whatever is left out of a conversation, the rest is one that a lab file could have.
@Suite struct ConversationStepsTests {
  static let models: [Exploration.Model] = [
    .echo(isLogged: false), .echo(isLogged: true), .rounds(lines: 3), .printed(isAsked: true, isTyped: false),
    .printed(isAsked: false, isTyped: true),
    .attempts(delays: [.seconds(1), .seconds(2)], tolerance: .milliseconds(300)),
    .table(
      answers: ["GET_TEMP": .init(pattern: "Temperature: [0-9.]+ C", expected: "the temperature")],
      otherwise: .init(pattern: "Unknown command", expected: "Unknown command")),
  ]

  private func exploration(_ model: Exploration.Model) -> Exploration {
    Exploration(conversations: 40, seed: 3, port: 3333, model: model, within: .seconds(1))
  }

  /// The steps as a lab file has them, read again.
  private func read(_ steps: [Step]) throws -> [Step] {
    try [Step](labFile: steps.map { "- \(try #require($0.yaml, "\($0)"))" })
  }

  @Test(arguments: models) func theStepsAreThoseOfALabFile(model: Exploration.Model) throws {
    let exploration = exploration(model)
    var random = SplitMix64(seed: 11)
    for number in 0..<80 {
      var generator = ConversationGenerator(exploration, number: number)
      var conversation = generator.conversation()
      for _ in 0..<4 where !conversation.moves.isEmpty {
        let steps = conversation.steps(exploration)
        guard !steps.isEmpty else { break }
        #expect(try read(steps) == steps, "conversation \(number)")
        conversation.moves.remove(at: Int.random(in: 0..<conversation.moves.count, using: &random))
      }
    }
  }

  /// Twenty rounds and twenty refusals in a row are promised.
  @Test func roundsGoOnForLong() {
    let moves = (0..<40).flatMap { number -> [Conversation.Move] in
      var generator = ConversationGenerator(exploration(.rounds(lines: 3)), number: number)
      return generator.conversation().moves
    }
    #expect(moves.count { $0 == .accept } >= 60)
    #expect(moves.contains(.refuse(22)))
    #expect(Conversation.Departure.allCases.allSatisfy { way in moves.count { $0 == .end(way) } >= 5 })
  }

  /// A program that makes one attempt more than there are delays has a success to show at that one as well.
  @Test func whereAllAttemptsAreRefusedOneMoreMaySucceed() throws {
    let exploration = exploration(
      .attempts(delays: [.seconds(1), .seconds(2)], tolerance: .milliseconds(300)))
    let steps = (0..<40).flatMap { number -> [Step] in
      var generator = ConversationGenerator(exploration, number: number)
      return generator.conversation().steps(exploration)
    }
    #expect(steps.contains { $0.action == .server("peer", .accept(isOptional: true)) })
    #expect(steps.contains { $0.action == .server("peer", .accept()) })
  }

  private func steps(_ model: Exploration.Model) -> [Step] {
    let exploration = exploration(model)
    return (0..<40).flatMap { number -> [Step] in
      var generator = ConversationGenerator(exploration, number: number)
      return generator.conversation().steps(exploration)
    }
  }

  /// A device may dial again, and what is typed then belongs to the new connection.
  @Test func lastConnectionsMayBeFollowedByOthers() {
    let actions = steps(.printed(isAsked: false, isTyped: true)).map(\.action)
    #expect(actions.contains(.server("peer", .accept(isOptional: true))))
    #expect(!steps(.printed(isAsked: true, isTyped: false)).map(\.action).contains { $0.typesText })
  }

  /// A silent client costs no processor time, nor does one that waits.
  @Test func theProcessorIsWatchedInSilences() {
    let actions = steps(.echo(isLogged: true)).map(\.action)
    #expect(actions.contains(.device(.idles(.seconds(1)))))
  }

  /// Twelve answers to one segment.
  @Test func manyShortCommandsComeAtOnce() {
    let sent = steps(Self.models[6]).compactMap { step -> Int? in
      guard case .client(_, .stream(.send(.text(let text), _))) = step.action else { return nil }
      return text.utf8.count { $0 == 10 }
    }
    #expect(sent.max() == 12)
  }

  /// A client that has ended its own sending still gets what is on its way to it.
  @Test func clientsEndTheirSendingBeforeTheyRead() {
    let actions = steps(.echo(isLogged: false)).map(\.action)
    let isThere = zip(actions, actions.dropFirst(2)).contains { end, later in
      guard case .client(let name, .stream(.halfClose)) = end else { return false }
      return later == .client(name, .stream(.read(paused: false)))
    }
    #expect(isThere)
  }

  /// No byte of a text that is printed is one that logs print, but for what stands in for line ends.
  @Test(arguments: [true, false]) func textsAreOfSignsThatLogsSeldomPrint(isAsked: Bool) {
    let seldom = Set("{}~^|`@$&%\r\n".utf8)
    var longest = 0
    for number in 0..<200 {
      var generator = ConversationGenerator(
        exploration(.printed(isAsked: isAsked, isTyped: !isAsked)), number: number)
      for case .tell(let message, _, _) in generator.conversation().moves {
        #expect(message.bytes.allSatisfy { seldom.contains($0) || $0 >= 0x80 })
        #expect(String(bytes: message.bytes, encoding: .utf8) != nil)
        longest = max(longest, message.bytes.split(separator: 10).map(\.count).max() ?? 0)
      }
    }
    #expect(700...1000 ~= longest)
  }
}

extension StepAction {
  /// Whether it types something.
  fileprivate var typesText: Bool { if case .uart(.send) = self { true } else { false } }
}
