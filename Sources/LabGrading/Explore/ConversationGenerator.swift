// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes up conversations: the same ones for the same seed, and each about something else than the one before.
struct ConversationGenerator {
  private let exploration: Exploration
  var random: SplitMix64
  var messages: MessageGenerator

  /// What a conversation is about. Some seeds are enough to meet each.
  private enum Theme: CaseIterable {
    /// One client, some messages.
    case talk
    /// A message in segments of its own.
    case cut
    /// Several messages in one segment.
    case joined
    /// Nothing is said for some time, in the middle of a message or between two.
    case silence
    /// Long messages.
    case long
    /// Another client comes meanwhile.
    case overlap
    /// Something is sent right before the client ends its sending.
    case lastWords
    /// A client leaves in the middle of a message, and another comes.
    case unfinished
    /// Client after client, who all leave in the same way.
    case crowd
  }

  /// - Parameters:
  ///   - exploration: what the lab file says.
  ///   - number: which conversation, from 0.
  init(_ exploration: Exploration, number: Int) {
    self.exploration = exploration
    random = SplitMix64(seed: exploration.seed &* 0x9e37_79b9 &+ UInt64(number))
    messages = MessageGenerator(exploration.model, seed: random.next())
    theme = Theme.allCases[number % Theme.allCases.count]
    round = number / Theme.allCases.count
    self.number = number
  }

  /// Which conversation it is, from 0.
  let number: Int
  private let theme: Theme
  /// How often the theme was there before.
  private let round: Int

  /// Makes the conversation.
  mutating func conversation() -> Conversation {
    switch exploration.model {
    case .echo, .table: clients()
    case .rounds(let lines): rounds(lines)
    case .attempts(let delays, _): attempts(delays.count + 1)
    case .printed(let isAsked, let isTyped): printed(isAsked: isAsked, isTyped: isTyped)
    }
  }

  private mutating func clients() -> Conversation {
    var moves: [Conversation.Move] = [.connect("ann")]
    switch theme {
    case .talk:
      for _ in 0..<Int.random(in: 2...5, using: &random) { moves += [.send("ann", messages.next()), .hear("ann")] }
      if let longest = messages.longest() { moves += [.send("ann", longest), .hear("ann")] }
    case .cut:
      moves += cut(messages.next(), by: "ann") + [.hear("ann")]
      moves += cut(messages.next(), by: "ann", pause: .milliseconds(300)) + [.hear("ann")]
    case .joined:
      let count = round % 3 == 2 ? 12 : Int.random(in: 2...5, using: &random)
      let pieces = halves(messages.next())
      // What is complete is answered, whatever has begun behind it.
      moves += [
        .send(
          "ann",
          Message(
            (0..<count).flatMap { _ in count > 5 ? messages.short().bytes : messages.next().bytes } + pieces.0.bytes)),
        .hear("ann"),
        .send("ann", pieces.1), .hear("ann"),
      ]
    case .silence:
      let silences: [(UInt64, UInt64)] = [(3, 8), (115, 3), (12, 20), (2, 115), (50, 3)]
      let (within, between) = silences[round % silences.count]
      let pieces = halves(messages.next())
      moves += [.send("ann", messages.next()), .hear("ann"), .send("ann", pieces.0), .pause(.seconds(within))]
      moves += [.send("ann", pieces.1), .hear("ann"), .pause(.seconds(between)), .send("ann", messages.next())]
      moves.append(.hear("ann"))
    case .long:
      if case .table = exploration.model { return Conversation(moves: longLine()) }
      // Numbers of 16 bits are used up by one of them.
      let count = round % 5 == 1 ? 9 : 2
      for _ in 0..<count {
        let message = count > 2 ? Message(count: 8000, seed: messages.seed()) : messages.long()
        moves += [.send("ann", message), .hear("ann")]
      }
      moves += [.send("ann", messages.next()), .hear("ann")]
    case .overlap:
      if case .echo = exploration.model, round % 2 == 1 { return stalled() }
      let pieces = halves(messages.next())
      moves += [
        .send("ann", pieces.0), .connect("bob"), .send("bob", messages.telling()), .pause(.seconds(3)),
        .send("ann", pieces.1), .hear("ann"),
      ]
      moves += [.leave("ann", departure()), .hear("bob"), .send("bob", messages.next()), .hear("bob")]
      return Conversation(moves: moves + [.leave("bob", departure())])
    case .lastWords:
      if case .echo = exploration.model, round % 4 >= 2 { return unread() }
      moves += [.send("ann", messages.next()), .hear("ann")]
      moves.append(.send("ann", messages.next()))
      return Conversation(moves: moves + [.leave("ann", round % 3 == 1 ? .reset : .half)])
    case .unfinished:
      moves += [
        .send("ann", messages.next()), .hear("ann"), .send("ann", halves(messages.next()).0),
        .leave("ann", departure()),
      ]
      moves += [.connect("bob"), .send("bob", messages.telling()), .hear("bob")]
      return Conversation(moves: moves + [.leave("bob", departure())])
    case .crowd:
      let way = Conversation.Departure.allCases[round % 3]
      moves = (0..<12).flatMap { number -> [Conversation.Move] in
        let name = "c\(number + 1)"
        let talk: [Conversation.Move] = number % 6 == 5 ? [] : [.send(name, messages.next()), .hear(name)]
        return [.connect(name)] + talk + [.leave(name, way)]
      }
      return Conversation(moves: moves)
    }
    if round % 4 == 0 { moves.append(.pause(.milliseconds(300))) }
    return Conversation(moves: moves + [.leave("ann", departure())])
  }

  /// A client that does not read for a while, with more than fits on the way back to it, and another one meanwhile.
  private mutating func stalled() -> Conversation {
    let (long, other) = (Message(count: 8000, seed: messages.seed()), Message(count: 1500, seed: messages.seed()))
    let begin: [Conversation.Move] = [
      .connect("ann"), .send("ann", messages.next()), .hear("ann"), .stall("ann"), .send("ann", long),
      .connect("bob"), .send("bob", other), .pause(.milliseconds(500)),
    ]
    let end: [Conversation.Move] =
      round % 4 == 1 ? [.resume("ann"), .hear("ann"), .leave("ann", departure())] : [.leave("ann", .reset)]
    return Conversation(moves: begin + end + [.hear("bob"), .leave("bob", departure())])
  }

  /// Clients that end their sending before they have read what comes back: a little more than the device's TCP holds, or much more. How it is cut into pieces on its
  /// way is not the lab's to say, so there are several.
  private mutating func unread() -> Conversation {
    let counts = round % 4 == 2 ? [6800, 6950, 7100, 7250] : [6850, 7000, 7400, 12_000]
    return Conversation(
      moves: counts.enumerated().flatMap { index, count -> [Conversation.Move] in
        let name = "c\(index + 1)"
        let long = Message(count: count, seed: messages.seed())
        return [
          .connect(name), .send(name, messages.next()), .hear(name), .stall(name), .send(name, long),
          .leave(name, .half),
        ]
      })
  }

  /// A line after which the device may end the connection. Neither the line after it nor the next client finds anything of it.
  private mutating func longLine() -> [Conversation.Move] {
    [
      .connect("ann"), .send("ann", messages.next()), .hear("ann"), .send("ann", messages.long()), .hear("ann"),
      .send("ann", messages.telling()), .hear("ann"), .leave("ann", .fin),
    ]
      + [.connect("bob"), .send("bob", messages.telling()), .hear("bob"), .leave("bob", departure())]
  }

  mutating func departure() -> Conversation.Departure {
    Conversation.Departure.allCases.randomElement(using: &random) ?? .fin
  }

  private mutating func halves(_ message: Message) -> (Message, Message) {
    let bytes = message.bytes
    let middle = bytes.count > 1 ? Int.random(in: 1..<bytes.count, using: &random) : bytes.count
    return (Message(Array(bytes[..<middle])), Message(Array(bytes[middle...])))
  }

  /// A message in two to four segments, with or without a pause after each but the last.
  private mutating func cut(_ message: Message, by name: String, pause: GuestDuration? = nil) -> [Conversation.Move] {
    let bytes = message.bytes
    var cuts = Set<Int>()
    for _ in 0..<Int.random(in: 1...3, using: &random) where bytes.count > 1 {
      cuts.insert(Int.random(in: 1..<bytes.count, using: &random))
    }
    let ends = cuts.sorted() + [bytes.count]
    var start = 0
    var moves: [Conversation.Move] = []
    for end in ends {
      moves.append(.send(name, Message(Array(bytes[start..<end]))))
      if end < bytes.count, let pause { moves.append(.pause(pause)) }
      start = end
    }
    return moves
  }
}
