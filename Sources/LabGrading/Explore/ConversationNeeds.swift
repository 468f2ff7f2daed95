// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Tells what it takes for a conversation to fail, of one from which nothing can be left out: without each of these it went well.
struct ConversationNeeds {
  private let model: Exploration.Model
  private var needs: [String] = []
  /// The clients that are there, and what they have sent that the device has not been heard about.
  private var pending: [(name: String, bytes: [UInt8])] = []
  private var connections = 0
  private var carried = 0

  /// The needs as a hint; nil where there is nothing remarkable about the conversation.
  static func hint(for conversation: Conversation, model: Exploration.Model) -> String? {
    var needs = ConversationNeeds(model: model)
    for (index, move) in conversation.moves.enumerated() {
      needs.take(move, isLast: index == conversation.moves.count - 1)
    }
    if needs.connections >= 4 { needs.add("\(needs.connections) connections one after the other") }
    guard !needs.needs.isEmpty else { return nil }
    let list = needs.needs.prefix(3).joined(separator: ", and ")
    return "It takes \(list): without that, this conversation goes well."
  }

  private init(model: Exploration.Model) {
    self.model = model
  }

  private mutating func add(_ need: String) {
    if !needs.contains(need) { needs.append(need) }
  }

  private mutating func take(_ move: Conversation.Move, isLast: Bool) {
    switch move {
    case .connect(let name):
      if !pending.isEmpty { add("a second client that comes while the first is being served") }
      pending.append((name, []))
      connections += 1
    case .send(let name, let message): send(name, message)
    case .stall: add("a client that does not read for a while")
    case .resume: break
    case .hear(let name):
      if let index = pending.firstIndex(where: { $0.name == name }) {
        pending[index].bytes = model.answers(to: pending[index].bytes).rest
      }
    case .pause(let duration):
      let isWithin = pending.contains { !model.answers(to: $0.bytes).rest.isEmpty }
      add(isWithin ? "a pause of \(duration) within a message" : "a silence of \(duration)")
    case .leave(let name, let way): leave(name, way, isLast: isLast)
    case .refuse(let count): add(count == 1 ? "a refused attempt" : "\(count) refused attempts")
    case .accept:
      connections += 1
      carried = 0
    case .echo: carried += 1
    case .echoBegin: add("an echo of which only the beginning comes")
    case .tell(let message, let cuts, let pause):
      tell(message, cuts, pause)
    case .again: add("a connection after the one that is over")
    case .type(_, let pause): if pause.nanoseconds > 0 { add("a pause of \(pause) in a line that is typed") }
    case .read: break
    case .end(let way):
      let echoes = carried == 0 ? "before any echo" : "after \(carried == 1 ? "one echo" : "\(carried) echoes")"
      let place = if case .rounds = model { " \(echoes)" } else { "" }
      switch way {
      case .reset: add("a server that resets the connection\(place)")
      case .fin, .half: if case .rounds(let lines) = model, carried < lines { add("a server that closes\(place)") }
      }
    }
  }

  private mutating func send(_ name: String, _ message: Message) {
    guard let index = pending.firstIndex(where: { $0.name == name }) else { return }
    if !pending[index].bytes.isEmpty { add("a message in several segments") }
    pending[index].bytes += message.bytes
    if case .table = model {
      let owed = model.answers(to: pending[index].bytes).owed
      if owed.count > 1 { add("several messages at once") }
      if owed.contains(where: { if case .lineOrEnd = $0 { true } else { false } }) {
        add("a line of \(message.bytes.count) bytes")
      }
    }
    if message.bytes.count > 200 { add("\(message.bytes.count) bytes at once") }
  }

  private mutating func leave(_ name: String, _ way: Conversation.Departure, isLast: Bool) {
    guard let index = pending.firstIndex(where: { $0.name == name }) else { return }
    let (owed, rest) = model.answers(to: pending[index].bytes)
    pending.remove(at: index)
    switch way {
    case .half where !owed.isEmpty:
      add("a client that ends its own sending before it has been answered, and goes on receiving")
    case .reset where !isLast: add("a client that resets its connection")
    case .fin, .half, .reset: if !isLast, !rest.isEmpty { add("a client that leaves within a message") }
    }
  }

  private mutating func tell(_ message: Message, _ cuts: [Int], _ pause: GuestDuration) {
    let places = cuts.filter { 0 < $0 && $0 < message.bytes.count }
    if places.contains(where: { message.bytes[$0] & 0xc0 == 0x80 }) {
      add("a segment that ends within a character of several bytes")
    } else if !places.isEmpty {
      add("a text in several segments")
    }
    if !places.isEmpty, pause.nanoseconds > 0 { add("a pause of \(pause) between them") }
    if message.bytes.count > 200 { add("a text of \(message.bytes.count) bytes") }
  }
}
