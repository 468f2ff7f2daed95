// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes the steps of a conversation with a client that sends lines, logs what comes back, closes and begins again.
struct RoundsWriter: ConversationWriter {
  var steps: [Step] = []
  private let port: UInt16
  /// How many lines a connection carries.
  private let lines: Int
  private var refusals = 0
  private var isListening = false
  private var isFirst = true
  /// How many lines the connection has carried; nil where there is none.
  private var carried: Int?
  /// Whether an echo on it has come in part only.
  private var isCut = false
  /// How many attempts after it are refused.
  private var refusalsAfter = 0

  /// - Parameters:
  ///   - port: the port that the device dials.
  ///   - lines: how many lines a connection carries.
  init(port: UInt16, lines: Int) {
    self.port = port
    self.lines = lines
  }

  mutating func write(_ move: Conversation.Move) {
    switch move {
    case .refuse(let count): refuse(count)
    case .accept: accept()
    case .echo: echo(isWhole: true)
    case .echoBegin: echo(isWhole: false)
    case .end(let way): end(way)
    case .connect, .send, .stall, .resume, .hear, .pause, .leave, .tell, .type, .read, .again: break
    }
  }

  mutating func finish() { end(.fin) }

  private mutating func refuse(_ count: Int) {
    // Between two connections a device may have come already while the server listens.
    guard carried != nil, isListening else {
      if !isListening { refusals += count }
      return
    }
    add(.server("peer", .stop))
    isListening = false
    refusalsAfter = count
  }

  /// The attempts that are refused after a connection leave the server half a second. A delay in ticks may be a tick short.
  private mutating func expectPauses() {
    for _ in 0..<refusalsAfter {
      add(.device(.dials(DialExpectation(port: port))), within: .seconds(16))
      add(.device(.quiet(port: port, duration: .milliseconds(450))))
    }
    refusalsAfter = 0
  }

  private mutating func accept() {
    guard carried == nil else { return }
    if !isListening {
      add(.server("peer", .listen(Listening(port: port, gate: refusals > 0 ? .attempts(refusals, .refused) : nil))))
    }
    // Up to fifteen seconds before each attempt, and some for the device to start.
    let start: UInt64 = isFirst ? 20 : 16
    add(.server("peer", .accept()), within: .seconds(start + 15 * UInt64(refusals)))
    isFirst = false
    (isListening, refusals, carried, isCut) = (true, 0, 0, false)
  }

  private mutating func echo(isWhole: Bool) {
    guard let count = carried, !isCut else { return }
    add(
      .expect(pattern: "^[^\\n\\x00]+\\n", without: nil), within: .seconds(6),
      expected: "a message: a line of text, ended by \\n, without a NUL")
    guard isWhole else {
      // Who logs what they send do so until then.
      add(.wait(.milliseconds(100)))
      add(.uart(.mark))
      add(.send(.text("${peer.begin}"), manner: .plain))
      isCut = true
      return
    }
    add(.uart(.mark))
    add(.send(.text("${peer.taken}"), manner: .plain))
    add(.uart(.expect(pattern: "${peer.taken}")), expected: "the device logs the echo that it got")
    carried = count + 1
    guard count + 1 == lines else { return }
    add(.expectClose, within: .seconds(6))
    add(.close)
    expectNoLeftover()
    carried = nil
    expectPauses()
  }

  private mutating func expectNoLeftover() { add(.uart(.absentLeftover(of: "peer"))) }

  private mutating func end(_ way: Conversation.Departure) {
    guard carried != nil else { return }
    carried = nil
    if isCut, isListening {
      // Nothing is sent, and logged as sent, until the rest has been looked for.
      add(.server("peer", .stop))
      isListening = false
    }
    switch way {
    case .fin: add(.close)
    case .reset: add(.reset)
    case .half:
      add(.halfClose)
      // A program may come to read that only after its pause.
      add(.expectClose, within: .seconds(8))
      add(.close)
    }
    if isCut {
      add(.wait(.milliseconds(500)))
      add(.uart(.absentUnsent(of: "peer")))
    }
    expectNoLeftover()
    expectPauses()
  }
}
