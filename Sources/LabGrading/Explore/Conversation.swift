// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What clients of the lab do to a server, one thing after the other.
///
/// What the server owes them follows from the bytes that they have sent, so that a conversation makes sense whatever is left out of it.
struct Conversation: Equatable {
  /// How a client leaves.
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
    /// The client waits for all that it is owed. One that came while another was being served waits until that one has left.
    case hear(String)
    /// Nobody says anything for so long, the device neither.
    case pause(GuestDuration)
    /// The client leaves.
    case leave(String, Departure)
  }

  var moves: [Move]

  /// The conversation as the steps of a check.
  func steps(_ exploration: Exploration) -> [Step] {
    var writer = ConversationWriter(exploration)
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
        case .pause: move
        case .leave(let name, let way): .leave("\(name)\(number)", way)
        }
      })
  }
}

/// Makes the steps of a conversation.
private struct ConversationWriter {
  private(set) var steps: [Step] = []
  private let exploration: Exploration
  /// Those who are connected, in the order in which they came.
  private var present: [Client] = []

  private struct Client {
    var name: String
    /// What it has sent that it has not been answered for.
    var pending: [Message] = []
    /// Whether all that it was owed has come.
    var isEven = true
    /// Whether something that it was owed has come.
    var wasHeard = false
  }

  init(_ exploration: Exploration) {
    self.exploration = exploration
  }

  private var isLogged: Bool { exploration.model == .echo(isLogged: true) }

  mutating func write(_ move: Conversation.Move) {
    switch move {
    case .connect(let name): connect(name)
    case .send(let name, let message):
      guard let index = index(of: name), !message.bytes.isEmpty else { return }
      present[index].pending.append(message)
      present[index].isEven = false
      // Of one that waits nobody knows how much the device takes before it serves it.
      add(.client(name, .stream(.send(message.payload, manner: index == 0 ? .acknowledged : .plain))))
    case .hear(let name): if index(of: name) == 0 { hear() }
    case .pause(let duration): pause(duration)
    case .leave(let name, let way): leave(name, way)
    }
  }

  /// Whoever is left has what it is owed, and no more.
  mutating func finish() {
    while let client = present.first {
      hear()
      leave(client.name, .fin)
    }
  }

  private func index(of name: String) -> Int? { present.firstIndex { $0.name == name } }

  private mutating func add(_ action: StepAction, within: GuestDuration = Step.defaultWithin, expected: String? = nil) {
    steps.append(Step(action, within: within, expected: expected))
  }

  private mutating func connect(_ name: String) {
    // One may wait while another is served; more than that no exercise promises.
    guard index(of: name) == nil, present.count < 2 else { return }
    let isAlone = present.isEmpty
    if isLogged, isAlone { add(.uart(.mark)) }
    add(.client(name, .connect(port: exploration.port)))
    present.append(Client(name: name))
    if isLogged, isAlone {
      expectLine(
        "(^|[^\\d.])${\(name).address}([^\\d.]|\\.?$|\\.\\D)", "the device logs \(name)'s address, ${\(name).address}")
      expectLine(
        "(^|\\D)${\(name).port}(\\D|$)", "the device logs that \(name) has come, with \(name)'s port, ${\(name).port}")
    }
  }

  private mutating func expectLine(_ pattern: String, _ expected: String) {
    add(.uart(.expect(pattern: pattern)), expected: expected)
  }

  private mutating func hear() {
    let (name, messages) = (present[0].name, present[0].pending)
    let pending = messages.flatMap(\.bytes)
    let (owed, rest) = exploration.model.answers(to: pending)
    // Much takes its time.
    let within = pending.count > 1000 ? max(exploration.within, .seconds(3)) : exploration.within
    for answer in owed {
      switch answer {
      case .bytes(let bytes):
        let data = messages.count == 1 ? messages[0].data : LabData(bytes: bytes)
        add(.client(name, .stream(.expectData(data))), within: within)
      case .line(let answer):
        let pattern = "^(?:\(answer.pattern))\\r?\\n"
        add(.client(name, .stream(.expect(pattern: pattern, without: nil))), within: within, expected: answer.expected)
      }
    }
    present[0].pending = rest.isEmpty ? [] : [Message(rest)]
    present[0].isEven = true
    present[0].wasHeard = true
  }

  private mutating func pause(_ duration: GuestDuration) {
    // The device owes nothing then, and says nothing.
    if let client = present.first, client.isEven {
      add(.client(client.name, .stream(.expectNothing(duration))))
    } else {
      add(.wait(duration))
    }
  }

  /// Lets what was sent last and the FIN arrive together.
  private mutating func sendWithFIN() {
    guard let last = steps.lastIndex(where: { $0.action.peer != nil }),
      case .client(let name, .stream(.send(let payload, .acknowledged))) = steps[last].action
    else { return }
    steps.removeSubrange((last + 1)...)
    steps[last].action = .client(name, .stream(.send(payload, manner: .plain)))
  }

  private mutating func leave(_ name: String, _ way: Conversation.Departure) {
    // Whoever waits stays until it is served.
    guard index(of: name) == 0 else { return }
    // What becomes of one that is reset before it has been accepted, programs cannot see.
    if way == .reset, !present[0].wasHeard { add(.wait(.milliseconds(50))) }
    if present[0].isEven { add(.client(name, .stream(.expectNothing(.milliseconds(0))))) }
    if isLogged { add(.uart(.mark)) }
    switch way {
    case .fin: add(.client(name, .stream(.close)))
    case .reset: add(.client(name, .stream(.reset)))
    case .half:
      sendWithFIN()
      add(.client(name, .stream(.halfClose)))
      hear()
      add(.client(name, .stream(.expectClose)))
    }
    present.removeFirst()
    guard isLogged else { return }
    expectLine(
      "(^|\\D)${\(name).port}(\\D|$)", "the device logs that \(name) is gone, with \(name)'s port, ${\(name).port}")
  }
}

extension Exploration.Model {
  /// Something that a device owes.
  enum Owed: Equatable {
    case bytes([UInt8])
    case line(Exploration.Answer)
  }

  /// What the device owes for bytes, and the bytes at their end for which it owes nothing yet.
  func answers(to bytes: [UInt8]) -> (owed: [Owed], rest: [UInt8]) {
    switch self {
    case .echo: return (bytes.isEmpty ? [] : [.bytes(bytes)], [])
    case .table(let answers, let otherwise):
      var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      let rest = lines.popLast() ?? []
      return (
        lines.map { line in
          let line = line.last == 13 ? line.dropLast() : line
          let known = String(bytes: line, encoding: .utf8).flatMap { text in
            // By bytes: two spellings of a letter are two commands.
            answers.first { $0.key.utf8.elementsEqual(text.utf8) }?.value
          }
          return .line(known ?? otherwise)
        }, Array(rest)
      )
    }
  }
}
