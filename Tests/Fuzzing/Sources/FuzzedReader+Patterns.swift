// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabModel

@testable import LabScenario

extension FuzzedReader {
  /// The patterns of all labs, on what a device sends and prints.
  static func readWithPatterns(_ bytes: [UInt8]) {
    let text = text(bytes)
    for pattern in patterns { _ = pattern.firstMatch(in: text) }
    // What the device sent before may be a part of a pattern.
    let taken = String(text.prefix(while: { $0 != "\n" }))
    if let filled = Placeholder.fill(pattern: #"(^|\D)${a.taken}(\D|$)"#, with: { _ in taken }),
      filled.utf8.count <= Pattern.longest
    {
      guard let pattern = try? Pattern(compiling: filled) else { fatalError(filled) }
      _ = pattern.isFound(in: text)
    }
    take(bytes)
  }

  /// Takes what came in small pieces; no byte is lost or taken twice.
  private static func take(_ bytes: [UInt8]) {
    var stream = PeerStream()
    var taken = 0
    for start in stride(from: 0, to: bytes.count, by: 3) {
      stream.receive(Array(bytes[start..<min(start + 3, bytes.count)]))
      let before = stream.untaken.count
      if stream.take(through: streamPattern) != nil { taken += before - stream.untaken.count }
      precondition(taken + stream.untaken.count <= bytes.count)
    }
    stream.ended = true
    _ = stream.take(through: streamPattern, isLast: true)
  }

  private static let streamPattern = Pattern(#"(?i)temperature:?\s*[-+]?\d+([.,]\d+)?\s*°?\s*C"#)

  private static func patterns(of hint: Hint) -> [String] {
    hint.condition.clauses.compactMap { clause in
      switch clause {
      case .received(let pattern), .uart(let pattern): pattern
      default: nil
      }
    }
  }

  private static let patterns: [Pattern] = {
    let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    guard let labs = try? LabLibrary(root: root).labs() else { fatalError("there are no labs in \(root.path)") }
    let texts = labs.flatMap(\.checks).flatMap { check in
      check.hints.flatMap { patterns(of: $0) } + patterns(of: check)
    }
    precondition(texts.count > 50)
    return Set(texts).sorted().map { text in
      let filled = Placeholder.fill(pattern: text) { $0.property == .address ? "10.0.2.15" : "50001" }
      guard let filled, let pattern = try? Pattern(compiling: filled) else { fatalError(text) }
      return pattern
    }
  }()

  private static func patterns(of check: CheckDefinition) -> [String] {
    if case .explore(let exploration) = check.method, case .table(let answers, let otherwise) = exploration.model {
      return answers.values.map(\.pattern) + [otherwise.pattern]
    }
    guard case .steps(let steps) = check.method else { return [] }
    return steps.flatMap { step -> [String] in
      switch step.action {
      case .client(_, .stream(.expect(let pattern, let without))),
        .server(_, .stream(.expect(let pattern, let without))):
        [pattern] + [without].compactMap(\.self)
      case .uart(.expect(let pattern)), .uart(.next(let pattern)), .uart(.once(let pattern, _)),
        .uart(.absent(let pattern)):
        [pattern]
      default: []
      }
    }
  }

  /// The lines of a console, as a run records them.
  static func recordConsole(_ bytes: [UInt8]) {
    var facts = DeviceFacts()
    var panics = PanicLog()
    var log = UARTLog()
    for line in log.append(TimedBytes(time: 0, bytes: bytes)) {
      let entry = TranscriptEntry(time: 0, source: .uart, text: line.text)
      facts.note(line: Evidence(line: facts.lines, entry: entry), began: 0, host: 0)
      panics.note(line: Evidence(line: facts.lines, entry: entry))
      if let mishap = DeviceFacts.mishap(in: line.text) {
        facts.note(mishap, Evidence(line: facts.lines, entry: entry))
      }
    }
    _ = panics.first(from: 0)
    // What a log says of attempts, read as that of five with all lines near each of them.
    let lines = facts.lines(after: 0).map { AttemptLog.Line(text: $0.evidence.entry.text, attempts: 0...4) }
    _ = AttemptLog(attempts: 5, delays: [[1], [2], [4], [8]], tolerance: 0.3, lines: lines).missing
  }
}
