// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes the steps of a conversation with a client that tries to connect from its start on, with a delay after each attempt that fails.
struct AttemptsWriter: ConversationWriter {
  var steps: [Step] = []
  private let port: UInt16
  private let delays: [GuestDuration]
  private let tolerance: GuestDuration
  private var refusals = 0
  private var isAccepted = false
  /// What the server sends when it has been sent something.
  private var answers: [Message] = []

  /// How long no attempt may follow one that has succeeded, or the last one.
  private static let quietAfterSuccess = GuestDuration.seconds(3)
  private static let quietAfterLast = GuestDuration.seconds(40)
  /// More than any program makes.
  private static let always = 100

  /// - Parameters:
  ///   - port: the port that the device dials.
  ///   - delays: those after the attempts that fail.
  ///   - tolerance: how far they may be off, either way.
  init(port: UInt16, delays: [GuestDuration], tolerance: GuestDuration) {
    self.port = port
    self.delays = delays
    self.tolerance = tolerance
  }

  mutating func write(_ move: Conversation.Move) {
    switch move {
    case .refuse(let count): refusals += count
    case .accept: isAccepted = true
    case .tell(let message, _, _): answers.append(message)
    case .connect, .send, .stall, .resume, .hear, .pause, .leave, .echo, .echoBegin, .type, .read, .end, .again: break
    }
  }

  mutating func finish() {
    // Whether there is one attempt more than delays is the program's to say. If it makes one, that may succeed.
    let succeeds = isAccepted && refusals <= delays.count + 1
    let refused = succeeds ? refusals : Self.always
    add(
      .server("peer", .listen(Listening(port: port, gate: refused > 0 ? .attempts(refused, .refused) : nil))))
    add(.device(.restart))
    dial(nil)
    for delay in delays.prefix(refused) { dial(delay) }
    if refused > delays.count, let last = delays.last {
      dial(GuestDuration(nanoseconds: 2 * last.nanoseconds), isOptional: true)
    }
    if succeeds { succeed(isOptional: refused > delays.count) } else { giveUp() }
  }

  private mutating func dial(_ delay: GuestDuration?, isOptional: Bool = false) {
    let timing = delay.map { DialExpectation.Timing(after: $0, tolerance: tolerance) }
    let within = GuestDuration(nanoseconds: (delay?.nanoseconds ?? 0) + GuestDuration.seconds(20).nanoseconds)
    add(.device(.dials(DialExpectation(port: port, timing: timing, isOptional: isOptional))), within: within)
  }

  private mutating func succeed(isOptional: Bool) {
    add(.server("peer", .accept(isOptional: isOptional)), within: .seconds(5))
    add(.expect(pattern: "[^\\r\\n]", without: nil), within: .seconds(10), expected: "a line of text within 10 s")
    for answer in answers { add(.send(answer.payload, manner: .plain)) }
    add(.device(.quiet(port: port, duration: Self.quietAfterSuccess)))
  }

  private mutating func giveUp() {
    add(.device(.quiet(port: port, duration: Self.quietAfterLast)))
  }
}
