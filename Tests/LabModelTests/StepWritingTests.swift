// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

@Suite struct StepWritingTests {
  private static let steps: [Step] = [
    Step(.client("ann", .connect(port: 3333))),
    Step(.client("ann", .stream(.send(.text("Hi \"there\" \\n\r\n"), manner: .plain)))),
    Step(.client("ann", .stream(.send(.text("it's %d"), manner: .acknowledged)))),
    Step(.client("ann", .stream(.send(.data(LabData(bytes: [0, 1, 255, 10])), manner: .pieces(of: 2))))),
    Step(.client("ann", .stream(.send(.data(LabData(bytes: Array("${x} °C\t✓".utf8))), manner: .plain)))),
    Step(
      .client("ann", .stream(.expectData(LabData(name: "", count: 700, seed: 9, kind: .bytes)))),
      within: .milliseconds(800)),
    Step(.client("ann", .stream(.expectData(LabData(bytes: [9, 10, 13, 0x7f]))))),
    Step(
      .client("ann", .stream(.expect(pattern: "^(?:it's \\d+)\\r?\\n", without: nil))),
      expected: "a number, as in it's 5"),
    Step(.client("ann", .stream(.expectNothing(.milliseconds(0))))),
    Step(.client("ann", .stream(.expectNothing(.seconds(65))))),
    Step(.device(.dials(DialExpectation(port: 80)))),
    Step(
      .device(.dials(DialExpectation(port: 80, timing: .init(after: .seconds(1)), isOptional: true))),
      within: .seconds(9)),
    Step(
      .device(
        .dials(
          DialExpectation(
            port: 80, timing: .init(after: .milliseconds(700), tolerance: .milliseconds(0), mayBeLater: true))))),
    Step(.device(.quiet(port: 80, duration: .seconds(3)))),
    Step(.device(.idles(.seconds(3)))),
    Step(.client("ann", .stream(.read(paused: true)))), Step(.client("ann", .stream(.read(paused: false)))),
    Step(.client("ann", .stream(.expectData(LabData(bytes: [65, 10]), anyLineEnds: true)))),
    Step(.uart(.absent(pattern: "${ann.taken}")), expected: "not that"), Step(.uart(.absentLeftover(of: "ann"))),
    Step(.uart(.absentUnsent(of: "ann"))),
    Step(.uart(.mark)), Step(.uart(.expect(pattern: "(^|\\D)${ann.port}(\\D|$)")), expected: "ann's port, ${ann.port}"),
    Step(.wait(.milliseconds(50))), Step(.client("ann", .stream(.halfClose))),
    Step(.client("ann", .stream(.expectClose))),
  ]

  private func read(_ lines: [String]) throws -> [Step] {
    let lab = try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        forward: [3333]
        checks:
          - id: only
            title: Only
            points: 5
            steps:
        \(lines.map { "      - \($0)" }.joined(separator: "\n"))
        """, file: "lab.yaml")
    guard case .steps(var steps) = lab.checks[0].method else { return [] }
    for index in steps.indices { steps[index].line = 0 }
    return steps
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let lines = try Self.steps.map { try #require($0.yaml) }
    #expect(try read(lines) == Self.steps)
  }

  /// Any text and any bytes.
  @Test(arguments: 0..<200) func whateverIsSentIsReadAgain(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let bytes = (0...Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    let scalars = (0...20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x2fff, using: &random)) }
    let text = String(String.UnicodeScalarView(scalars))
    let steps = [
      Self.steps[0],
      Step(.client("ann", .stream(.send(.data(LabData(bytes: bytes)), manner: .plain)))),
      Step(.client("ann", .stream(.expectData(LabData(bytes: Array(text.utf8)))))),
    ]
    #expect(try read(steps.compactMap(\.yaml)) == steps)
  }

  @Test func aStepThatConversationsDoNotUseIsNotWritten() {
    #expect(Step(.network(.clear)).yaml == nil)
    #expect(Step(.client("ann", .stream(.vanish))).yaml == nil)
  }
}
