// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the lab's peers do with a device, one thing after the other.
///
/// What the device owes them follows from what they have done, so that a conversation makes sense whatever is left out of it.
struct Conversation: Equatable {
  /// How a peer leaves.
  enum Departure: CaseIterable {
    case fin
    case half
    case reset
  }

  /// One thing that happens.
  enum Move: Equatable {
    /// The client connects.
    case connect(String)
    /// The client sends bytes, in a segment of their own.
    case send(String, Message)
    /// The client reads no more, and offers a window that is soon full, until it reads on.
    case stall(String)
    case resume(String)
    /// The client waits for all that it is owed. One that came while another was being served waits until that one has left.
    case hear(String)
    /// Nobody says anything for so long, the device neither.
    case pause(GuestDuration)
    /// The client leaves.
    case leave(String, Departure)
    /// The server refuses the device's next attempts.
    case refuse(Int)
    /// The server takes the device's next connection.
    case accept
    /// The server waits for the device's next line and sends it back.
    case echo
    /// The server waits for the device's next line and sends the beginning of it back, and nothing more on this connection.
    case echoBegin
    /// The server sends a text, in segments that end at these places, with so long a pause between them.
    case tell(Message, cuts: [Int], pause: GuestDuration)
    /// The lab types a line, with so long a pause after its first half.
    case type(Message, pause: GuestDuration)
    /// The lab waits until all that the server has sent is on the console.
    case read
    /// The server leaves.
    case end(Departure)
    /// The device, which need not do so, dials again when its connection is over, and the lab types a line.
    case again(Message)
  }

  var moves: [Move]

  /// The conversation as the steps of a check.
  func steps(_ exploration: Exploration) -> [Step] {
    var writer: any ConversationWriter =
      switch exploration.model {
      case .echo, .table: ClientsWriter(exploration)
      case .rounds(let lines): RoundsWriter(port: exploration.port, lines: lines)
      case .attempts(let delays, let tolerance):
        AttemptsWriter(port: exploration.port, delays: delays, tolerance: tolerance)
      case .printed(let isAsked, let isTyped):
        PrintedWriter(
          exploration, isAsked: isAsked, isTyped: isTyped,
          count: moves.reduce(0) { if case .tell(let message, _, _) = $1 { $0 + message.bytes.count } else { $0 } })
      }
    for move in moves { writer.write(move) }
    writer.finish()
    return writer.steps
  }

  /// The conversation with a number behind each client's name, so that it can stand beside others.
  func numbered(_ number: Int) -> Conversation {
    Conversation(
      moves: moves.map { move in
        switch move {
        case .connect(let name): .connect("\(name)\(number)")
        case .send(let name, let message): .send("\(name)\(number)", message)
        case .hear(let name): .hear("\(name)\(number)")
        case .stall(let name): .stall("\(name)\(number)")
        case .resume(let name): .resume("\(name)\(number)")
        case .pause, .refuse, .accept, .echo, .echoBegin, .tell, .type, .read, .end, .again: move
        case .leave(let name, let way): .leave("\(name)\(number)", way)
        }
      })
  }
}

/// Makes the steps of a conversation. What makes no sense where it stands is left out.
protocol ConversationWriter {
  /// The steps so far.
  var steps: [Step] { get set }
  /// Adds the steps of a move.
  mutating func write(_ move: Conversation.Move)
  /// Ends what is still open.
  mutating func finish()
}

extension ConversationWriter {
  /// Adds a step.
  mutating func add(_ action: StepAction, within: GuestDuration = Step.defaultWithin, expected: String? = nil) {
    steps.append(Step(action, within: within, expected: expected))
  }

  /// Adds a step of the lab's server, of which a conversation has one.
  mutating func add(_ action: StreamAction, within: GuestDuration = Step.defaultWithin, expected: String? = nil) {
    add(.server("peer", .stream(action)), within: within, expected: expected)
  }
}
