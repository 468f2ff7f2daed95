// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Conversations with devices that dial.
extension ConversationGenerator {
  /// Rounds that end in all ways, and refusals between them.
  mutating func rounds(_ lines: Int) -> Conversation {
    // Two conversations repeat one thing so often that a program that loses a socket each time has none left.
    if number % 40 == 7 { return Conversation(moves: [.refuse(22), .accept] + echoes(lines)) }
    if number % 40 == 3 {
      let resets = (0..<14).flatMap { _ -> [Conversation.Move] in [.accept, .end(.reset)] }
      return Conversation(moves: resets + [.accept] + echoes(lines))
    }
    // After conversations that took their time, nobody is there.
    if number % 10 == 5 {
      let rounds = (0..<3).flatMap { _ in [.accept] + echoes(lines) }
      return Conversation(moves: rounds.dropLast() + [.refuse(3), .echo])
    }
    var moves: [Conversation.Move] = []
    if Int.random(in: 0..<3, using: &random) == 0 { moves.append(.refuse(Int.random(in: 1...3, using: &random))) }
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let count = Int.random(in: 0...lines, using: &random)
      moves += [.accept] + echoes(count)
      guard count < lines else { continue }
      if Int.random(in: 0..<3, using: &random) == 0 { moves.append(.echoBegin) }
      moves.append(.end(departure()))
    }
    return Conversation(moves: moves)
  }

  /// Some attempts that fail, and one that succeeds and may be answered, or none.
  mutating func attempts(_ count: Int) -> Conversation {
    let refusals = number % (count + 1)
    var moves: [Conversation.Move] = refusals > 0 ? [.refuse(refusals)] : []
    // Where all are refused that every program makes, one more may succeed.
    guard refusals < count || number / (count + 1) % 2 == 1 else { return Conversation(moves: moves) }
    moves.append(.accept)
    if Bool.random(using: &random) {
      let length = [1, 30, 127, 128, 900].randomElement(using: &random) ?? 30
      moves.append(.tell(messages.text(count: length), cuts: [], pause: .milliseconds(0)))
    }
    return Conversation(moves: moves)
  }

  private func echoes(_ count: Int) -> [Conversation.Move] { Array(repeating: .echo, count: count) }

  /// Texts in all sizes and pieces, and lines that are typed meanwhile.
  mutating func printed(isAsked: Bool, isTyped: Bool) -> Conversation {
    var moves: [Conversation.Move] = []
    for round in 0..<Int.random(in: 1...(isTyped ? 3 : 2), using: &random) {
      if isTyped, Bool.random(using: &random) { moves.append(typing()) }
      let isLong = number % 5 == 4 && round == 0
      let message =
        isLong
        ? messages.text(count: isAsked ? 4000 : 900) : messages.text(count: Int.random(in: 1...200, using: &random))
      let cuts = (0..<([0, 0, 1, 3].randomElement(using: &random) ?? 0)).map { _ in
        Int.random(in: 0...message.bytes.count, using: &random)
      }
      moves.append(.tell(message, cuts: cuts, pause: pauseBetweenPieces()))
      if isTyped { moves.append(.read) }
      if isTyped, number % 7 == 6, round == 0 {
        moves += [.pause(.seconds([25, 65, 12][number / 7 % 3])), typing()]
      }
    }
    if isTyped, moves.allSatisfy({ if case .type = $0 { false } else { true } }) {
      moves.append(typing())
    }
    moves.append(.end(isAsked ? .half : departure()))
    if isTyped, number % 5 == 3 { moves.append(.again(messages.typed())) }
    return Conversation(moves: moves)
  }

  /// A line, typed at once or as people type.
  private mutating func typing() -> Conversation.Move {
    .type(
      messages.typed(),
      pause: number % 3 == 1 ? [.milliseconds(200), .seconds(3), .seconds(30)][number / 3 % 3] : .milliseconds(0))
  }

  private mutating func pauseBetweenPieces() -> GuestDuration {
    switch number % 6 {
    case 2: .seconds(3)
    case 4: .milliseconds(300)
    default: .milliseconds(0)
    }
  }
}
