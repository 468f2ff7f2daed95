// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes the steps of a conversation of clients with a server.
struct ClientsWriter: ConversationWriter {
  var steps: [Step] = []
  private let exploration: Exploration
  /// Those who are connected, in the order in which they came.
  private var present: [Client] = []
  /// Those who have left, in the order in which they did.
  private var gone: [String] = []

  private struct Client {
    var name: String
    /// What it has sent that it has not been answered for.
    var pending: [Message] = []
    /// Whether all that it was owed has come.
    var isEven = true
    /// Whether something that it was owed has come.
    var wasHeard = false
    /// Whether the device may have ended the connection.
    var mayBeOver = false
    /// Whether it does not read.
    var isStalled = false
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
      // What the device owes for the next line is not told from what it owes for a long one.
      if index == 0, mayEndConnection { hear() }
      present[index].pending.append(message)
      present[index].isEven = false
      // Of one that waits nobody knows how much the device takes before it serves it.
      let isTaken = index == 0 && !present[0].isStalled && !present[0].mayBeOver
      add(.client(name, .stream(.send(message.payload, manner: isTaken ? .acknowledged : .plain))))
    case .stall(let name): stall(name)
    case .resume(let name): resume(name)
    case .hear(let name): if index(of: name) == 0 { hear() }
    case .pause(let duration): pause(duration)
    case .leave(let name, let way): leave(name, way)
    case .refuse, .accept, .echo, .echoBegin, .tell, .type, .read, .end, .again: break
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

  private mutating func connect(_ name: String) {
    // One may wait while another is served; more than that no exercise promises.
    guard index(of: name) == nil, present.count < 2 else { return }
    let isAlone = present.isEmpty
    if isLogged, isAlone {
      expectNoPortOfTheGone()
      add(.uart(.mark))
    }
    add(.client(name, .connect(port: exploration.port)))
    present.append(Client(name: name))
    if isLogged, isAlone {
      expectLine(
        "(^|[^\\d.])${\(name).address}([^\\d.]|\\.?$|\\.\\D)", "the device logs \(name)'s address, ${\(name).address}")
      expectLine(
        "(^|\\D)${\(name).port}(\\D|$)", "the device logs that \(name) has come, with \(name)'s port, ${\(name).port}")
    }
  }

  /// Since the last one left, nothing is said of those who left before.
  private mutating func expectNoPortOfTheGone() {
    for name in gone.dropLast().suffix(Self.goneLookedFor) {
      add(
        .uart(.absent(pattern: "(^|\\D)${\(name).port}(\\D|$)")),
        expected: "the device logs nothing with \(name)'s port, ${\(name).port}, when \(name) has left")
    }
  }

  /// How long a pause is in which the device comes to rest, and for how long it is watched then.
  private static let restful = GuestDuration.seconds(2)
  private static let watched = GuestDuration.seconds(1)

  /// How many of those who have left are looked for.
  private static let goneLookedFor = 3

  private mutating func expectLine(_ pattern: String, _ expected: String) {
    add(.uart(.expect(pattern: pattern)), expected: expected)
  }

  private mutating func stall(_ name: String) {
    guard index(of: name) == 0, !present[0].isStalled else { return }
    let connection = StepAction.client(name, .connect(port: exploration.port))
    guard let step = steps.lastIndex(where: { $0.action == connection }) else { return }
    steps[step].action = .client(name, .connect(port: exploration.port, window: Self.smallWindow))
    add(.client(name, .stream(.read(paused: true))))
    present[0].isStalled = true
  }

  private mutating func resume(_ name: String) {
    guard let index = index(of: name), present[index].isStalled else { return }
    add(.client(name, .stream(.read(paused: false))))
    present[index].isStalled = false
  }

  /// Less than a device may have on its way, in bytes.
  private static let smallWindow = 1024

  /// Whether the first client has sent something for which the device may end the connection.
  private var mayEndConnection: Bool {
    exploration.model.answers(to: present[0].pending.flatMap(\.bytes)).owed.contains {
      if case .lineOrEnd = $0 { true } else { false }
    }
  }

  private mutating func hear() {
    resume(present[0].name)
    guard !present[0].mayBeOver else { return hearIfThere() }
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
      case .lineOrEnd(let answer):
        add(.wait(within))
        let pattern = "^(?:(?:\(answer.pattern))\\r?\\n)?\\z"
        add(
          .client(name, .stream(.expect(pattern: pattern, without: nil))), within: within,
          expected: "one answer to a line that is longer than any command, or the end of the connection")
        present[0].mayBeOver = true
        present[0].pending = []
        return
      case .line(let answer):
        let pattern = "^(?:\(answer.pattern))\\r?\\n"
        add(.client(name, .stream(.expect(pattern: pattern, without: nil))), within: within, expected: answer.expected)
      }
    }
    present[0].pending = rest.isEmpty ? [] : [Message(rest)]
    present[0].isEven = true
    present[0].wasHeard = true
  }

  /// Waits for what a client is owed if the device has not ended its connection.
  private mutating func hearIfThere() {
    let owed = exploration.model.answers(to: present[0].pending.flatMap(\.bytes)).owed
    present[0].pending = []
    guard case .line(let answer) = owed.first, owed.count == 1 else { return }
    add(.wait(exploration.within))
    let pattern = "^(?:(?:\(answer.pattern))\\r?\\n)?\\z"
    add(
      .client(present[0].name, .stream(.expect(pattern: pattern, without: nil))), within: exploration.within,
      expected: "\(answer.expected), or the end of the connection")
  }

  private mutating func pause(_ duration: GuestDuration) {
    // While nobody says anything, there is nothing to compute.
    defer { if duration >= Self.restful { add(.device(.idles(Self.watched))) } }
    // The device owes nothing then, and says nothing.
    if let client = present.first, client.isEven, !client.mayBeOver {
      add(.client(client.name, .stream(.expectNothing(duration))))
    } else {
      add(.wait(duration))
    }
  }

  /// Lets what was sent last and the end arrive together.
  private mutating func sendWithEnd() {
    guard let last = steps.lastIndex(where: { $0.action.peer != nil }),
      case .client(let name, .stream(.send(let payload, .acknowledged))) = steps[last].action
    else { return }
    steps.remove(at: last)
    add(.client(name, .stream(.send(payload, manner: .plain))))
  }

  private mutating func leave(_ name: String, _ way: Conversation.Departure) {
    // Whoever waits stays until it is served.
    guard index(of: name) == 0 else { return }
    let way = present[0].mayBeOver ? .fin : way
    if way == .fin { resume(name) }
    // One that leaves before it has been accepted takes the place of the next in a short backlog, and programs cannot see it go.
    if !present[0].wasHeard { add(.wait(.milliseconds(50))) }
    if present[0].isEven, !present[0].mayBeOver { add(.client(name, .stream(.expectNothing(.milliseconds(0))))) }
    if isLogged { add(.uart(.mark)) }
    switch way {
    case .fin: add(.client(name, .stream(.close)))
    case .reset:
      if !present[0].isEven, !present[0].isStalled { sendWithEnd() }
      add(.client(name, .stream(.reset)))
    case .half:
      sendWithEnd()
      add(.client(name, .stream(.halfClose)))
      // What is on its way to a client that does not read waits for it, though that will send no more.
      if present[0].isStalled { add(.wait(.milliseconds(500))) }
      hear()
      add(.client(name, .stream(.expectClose)))
    }
    present.removeFirst()
    gone.append(name)
    guard isLogged else { return }
    expectLine(
      "(^|\\D)${\(name).port}(\\D|$)", "the device logs that \(name) is gone, with \(name)'s port, ${\(name).port}")
  }
}
