// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabScenario

@testable import LabGrading

/// A server in the place of a device: it serves one client after another, and may have a mistake.
final class SimulatedServer {
  /// What a server can do wrong.
  enum Mistake: CaseIterable {
    case none, keepsCR, ignoresCase, cutsAtNUL, cutsLongLines, trims, keepsHalfALine, sendsNUL, dropsLastWords
    case endsAfterThirtyClients, throwsOutTheSilent
  }

  private let answer: ([UInt8]) -> [UInt8]
  private let isLineServer: Bool
  private let mistake: Mistake
  private var waiting: [Client] = []
  private var served = 0
  private var leftOver: [UInt8] = []

  private struct Client {
    var name: String
    var input: [UInt8] = []
    var output: [UInt8] = []
    var isClosed = false
  }

  /// - Parameters:
  ///   - isLineServer: whether it answers lines, or echoes.
  ///   - mistake: what it does wrong.
  init(isLineServer: Bool, mistake: Mistake) {
    self.isLineServer = isLineServer
    self.mistake = mistake
    answer = { line in
      switch String(decoding: line, as: UTF8.self) {
      case "GET_TEMP": Array("Temperature: 25.5 C\n".utf8)
      case "GET_HUMIDITY": Array("Humidity: 45.2 %\n".utf8)
      default: Array("Unknown command\n".utf8)
      }
    }
  }

  /// Starts anew.
  func restart() {
    waiting = []
    served = 0
    leftOver = []
  }

  /// Takes the steps of a conversation.
  func run(_ steps: [Step]) throws {
    for (index, step) in steps.enumerated() {
      guard let seen = take(step) else { continue }
      var failure = StepFailure(expected: "\(step.action)", seen: seen)
      failure.succeeded = index
      throw failure
    }
    waiting = []
  }

  /// - Returns: what was seen instead of what the step expects; nil if that came.
  private func take(_ step: Step) -> String? {
    switch step.action {
    case .client(let name, .connect):
      waiting.append(Client(name: name))
      served += 1
      if mistake == .endsAfterThirtyClients, served > 30 { return "nothing listens" }
    case .client(let name, .stream(let action)):
      guard let index = waiting.firstIndex(where: { $0.name == name }) else { return "no such client" }
      return take(action, by: index)
    default: break
    }
    return nil
  }

  private func take(_ action: StreamAction, by index: Int) -> String? {
    switch action {
    case .send(let payload, let manner):
      switch payload {
      case .text(let text): waiting[index].input += Array(text.utf8)
      case .data(let data): waiting[index].input += data.bytes
      }
      if mistake == .dropsLastWords, manner == .plain, index == 0 { waiting[0].input = [] }
      serve()
    case .expectData(let data, _):
      guard waiting[index].output.starts(with: data.bytes) else { return "\(waiting[index].output)" }
      waiting[index].output.removeFirst(data.bytes.count)
    case .expect(let pattern, _):
      let text = String(decoding: waiting[index].output, as: UTF8.self)
      guard let match = try? Pattern(compiling: pattern).firstMatch(in: text)?[0] else { return text }
      waiting[index].output.removeFirst(match.utf8.count)
    case .expectNothing(let duration):
      if mistake == .throwsOutTheSilent, duration > .seconds(20) { waiting[index].isClosed = true }
      if !waiting[index].output.isEmpty { return "\(waiting[index].output)" }
    case .expectClose: leave(index)
    case .close, .reset: leave(index)
    case .halfClose: serve()
    case .read: break
    default: return "no step of a conversation"
    }
    return nil
  }

  private func leave(_ index: Int) {
    let client = waiting.remove(at: index)
    if mistake == .keepsHalfALine { leftOver = client.input }
    serve()
  }

  private func serve() {
    guard !waiting.isEmpty, !waiting[0].isClosed else { return }
    guard isLineServer else {
      let input = waiting[0].input
      waiting[0].input = []
      waiting[0].output += mistake == .cutsAtNUL ? Array(input.prefix { $0 != 0 }) : input
      return
    }
    waiting[0].input = leftOver + waiting[0].input
    leftOver = []
    while let end = waiting[0].input.firstIndex(of: 10) {
      var line = Array(waiting[0].input[..<end])
      waiting[0].input.removeFirst(end + 1)
      if line.last == 13, mistake != .keepsCR { line.removeLast() }
      if mistake == .ignoresCase { line = Array(String(decoding: line, as: UTF8.self).uppercased().utf8) }
      if mistake == .trims { line = Array(line.drop { $0 == 32 }) }
      var pieces = [line]
      if mistake == .cutsLongLines, line.count > 127 { pieces = [Array(line[..<127]), Array(line[127...])] }
      for piece in pieces { waiting[0].output += answer(piece) + (mistake == .sendsNUL ? [0] : []) }
    }
  }
}
