// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabGrading

@Suite struct ConversationNeedsTests {
  private static let table = Exploration.Model.table(
    answers: ["GET_TEMP": .init(pattern: "T", expected: "the temperature")],
    otherwise: .init(pattern: "U", expected: "Unknown command"))

  private func hint(_ model: Exploration.Model, _ moves: Conversation.Move...) -> String? {
    ConversationNeeds.hint(for: Conversation(moves: moves), model: model)
  }

  private func message(_ text: String) -> Message { Message(Array(text.utf8)) }

  @Test func tellsOfPauses() {
    #expect(
      hint(
        Self.table, .connect("a"), .send("a", message("GET")), .pause(.seconds(65)), .send("a", message("_TEMP\n")),
        .hear("a"))
        == "It takes a pause of 65 s within a message, and a message in several segments: "
        + "without that, this conversation goes well.")
    #expect(
      hint(Self.table, .connect("a"), .send("a", message("GET_TEMP\n")), .hear("a"), .pause(.seconds(20)))
        == "It takes a silence of 20 s: without that, this conversation goes well.")
  }

  @Test func tellsOfTheWaysToLeave() {
    #expect(
      hint(Self.table, .connect("a"), .send("a", message("GET_TEMP\n")), .leave("a", .half))?.contains(
        "ends its own sending before it has been answered") == true)
    #expect(
      hint(Self.table, .connect("a"), .leave("a", .reset), .connect("b"), .send("b", message("x\n")), .hear("b"))?
        .contains("a client that resets its connection:") == true)
    #expect(
      hint(Self.table, .connect("a"), .send("a", message("GET")), .leave("a", .fin), .connect("b"), .hear("b"))?
        .contains("a client that leaves within a message:") == true)
  }

  @Test func tellsOfServersAndTheirSegments() {
    #expect(
      hint(.rounds(lines: 3), .refuse(22), .accept, .echo, .end(.fin))
        == "It takes 22 refused attempts, and a server that closes after one echo: "
        + "without that, this conversation goes well.")
    #expect(
      hint(
        .printed(isAsked: false, isTyped: false), .tell(message("aƿb"), cuts: [2], pause: .milliseconds(0)))?.contains(
          "a segment that ends within a character of several bytes") == true)
  }

  /// A conversation with nothing remarkable about it fails for another reason.
  @Test func saysNothingOfOrdinaryOnes() {
    #expect(hint(Self.table, .connect("a"), .send("a", message("GET_TEMP\n")), .hear("a"), .leave("a", .fin)) == nil)
    #expect(hint(.rounds(lines: 3), .accept, .echo, .echo, .echo, .end(.fin)) == nil)
  }
}
