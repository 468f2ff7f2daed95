// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes the steps of a conversation with a client that prints what its server sends, from its start on. It may ask for that first, or send what is typed.
struct PrintedWriter: ConversationWriter {
  var steps: [Step] = []
  private let exploration: Exploration
  /// Whether the device sends a request first, and gets one response.
  private let isAsked: Bool
  /// Whether the device sends what is typed.
  private let isTyped: Bool
  /// What has been sent and not been looked for on the console.
  private var unread: [UInt8] = []
  private var isOpen = true

  /// - Parameters:
  ///   - exploration: what the lab file says.
  ///   - isAsked: whether the device sends a request first, and gets one response.
  ///   - isTyped: whether the device sends what is typed.
  ///   - count: how many bytes the server will send, the head of an HTTP response aside.
  init(_ exploration: Exploration, isAsked: Bool, isTyped: Bool, count: Int) {
    self.exploration = exploration
    self.isAsked = isAsked
    self.isTyped = isTyped
    add(.server("peer", .listen(Listening(port: exploration.port))))
    add(.device(.restart))
    add(.server("peer", .accept()), within: .seconds(15))
    if isAsked { add(.expect(pattern: "\\S", without: nil), expected: "a request") }
    // By then the request has come as a whole, and the program has begun to read what is typed.
    add(.wait(.milliseconds(500)))
    add(.uart(.mark))
    guard isAsked else { return }
    let head = [
      "HTTP/1.1 200 OK", "Content-Type: text/plain; charset=utf-8", "Content-Length: \(count)", "Connection: close", "",
      "",
    ].joined(separator: "\r\n")
    add(.send(.text(head), manner: .acknowledged))
  }

  mutating func write(_ move: Conversation.Move) {
    if case .again(let line) = move { return dialAgain(line) }
    guard isOpen else { return }
    switch move {
    case .tell(let message, let cuts, let pause): tell(message, cuts, pause)
    case .type(let line, let pause) where isTyped:
      type(line, pause)
      expect(line, "the line that was typed, and nothing before it")
    case .read where !isAsked: read()
    case .pause(let duration) where isTyped: add(.expectNothing(duration))
    case .pause(let duration): add(.wait(duration))
    case .end(let way): end(way)
    case .connect, .send, .stall, .resume, .hear, .leave, .refuse, .accept, .echo, .echoBegin, .type, .read, .again:
      break
    }
  }

  mutating func finish() { if isOpen { end(.half) } }

  /// What was typed on the connection before is not typed on this one, and what is typed now belongs to this one whole.
  private mutating func dialAgain(_ line: Message) {
    guard isTyped else { return }
    if isOpen { end(.half) }
    add(.server("peer", .accept(isOptional: true)), within: .seconds(10))
    add(.wait(.milliseconds(500)))
    add(.uart(.send(line.payload)))
    expect(line, "the line that was typed on the new connection, and nothing before it")
  }

  private mutating func expect(_ line: Message, _ expected: String) {
    let words = String(decoding: line.bytes, as: UTF8.self).filter { $0 != "\n" }
    // An empty line before it may be passed over.
    let empty = line.bytes.first == UInt8(ascii: "\n") ? "(?:\\r?\\n)?" : ""
    add(
      .expect(pattern: "^\(empty)\(Pattern.quoted(words))\\r?\\n", without: nil), within: exploration.within,
      expected: expected)
  }

  private mutating func type(_ line: Message, _ pause: GuestDuration) {
    // Between two characters.
    let middle = line.bytes.indices.dropFirst(line.bytes.count / 2).first { line.bytes[$0] & 0xc0 != 0x80 } ?? 0
    guard pause.nanoseconds > 0, middle > 0 else { return add(.uart(.send(line.payload))) }
    add(.uart(.send(Message(Array(line.bytes[..<middle])).payload)))
    add(.wait(pause))
    add(.uart(.send(Message(Array(line.bytes[middle...])).payload)))
  }

  private mutating func tell(_ message: Message, _ cuts: [Int], _ pause: GuestDuration) {
    unread += message.bytes
    let ends = Set(cuts).filter { 0 < $0 && $0 < message.bytes.count }.sorted() + [message.bytes.count]
    var start = 0
    for end in ends {
      if start > 0, pause.nanoseconds > 0 { add(.wait(pause)) }
      add(.send(Message(Array(message.bytes[start..<end])).payload, manner: .acknowledged))
      start = end
    }
  }

  private mutating func read() {
    guard !unread.isEmpty else { return }
    let within = unread.count > 2000 ? GuestDuration.seconds(10) : .seconds(3)
    add(.uart(.expectData(LabData(bytes: unread))), within: within)
    add(.uart(.mark))
    unread = []
  }

  private mutating func end(_ way: Conversation.Departure) {
    isOpen = false
    switch way {
    case .reset:
      // What is on its way may be lost with the connection.
      read()
      add(.reset)
    case .fin, .half:
      add(.halfClose)
      read()
      add(.expectClose, within: .seconds(10))
    }
    if let quiet = exploration.quiet { add(.device(.quiet(port: exploration.port, duration: quiet))) }
  }
}
