// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel
import LabScenario

/// A device whose behaviour a test writes down: what each attempt at each list of steps comes to.
actor FakeScenario: ScenarioRunning {
  /// What a step list does, told by its first step's text or port, and by how many times the device had been started.
  typealias Behaviour = @Sendable (_ steps: [Step], _ starts: Int) throws -> Void

  private let behaviour: Behaviour
  private let ports: Set<UInt16>
  private(set) var starts = 1
  private(set) var notes: [String] = []
  private(set) var runs: [[Step]] = []
  var mishaps: [DeviceMishap] = []
  var guestTime: UInt64 = 0
  let mayBiteWrongly: Bool
  private(set) var lapses = 0
  /// How often the host holds up the lab in a step list, told as its behaviour is.
  private let lapse: @Sendable (_ steps: [Step], _ starts: Int) -> Bool
  /// What goes wrong in a step list, told as its behaviour is.
  private let harm: @Sendable (_ steps: [Step], _ starts: Int) -> [DeviceMishap]
  private let lines: [String]
  private let report: PanicReport?
  private let remark: String?

  init(
    ports: Set<UInt16> = [], mishaps: [DeviceMishap] = [], lines: [String] = [], report: PanicReport? = nil,
    remark: String? = nil, mayBiteWrongly: Bool = false,
    lapse: @escaping @Sendable (_ steps: [Step], _ starts: Int) -> Bool = { _, _ in false },
    harm: @escaping @Sendable (_ steps: [Step], _ starts: Int) -> [DeviceMishap] = { _, _ in [] },
    _ behaviour: @escaping Behaviour
  ) {
    self.mayBiteWrongly = mayBiteWrongly
    self.lapse = lapse
    self.harm = harm
    self.behaviour = behaviour
    self.ports = ports
    self.mishaps = mishaps
    self.lines = lines
    self.report = report
    self.remark = remark
  }

  func run(_ steps: [Step]) async throws -> String? {
    runs.append(steps)
    guestTime += 1_000_000
    mishaps += harm(steps, starts)
    if lapse(steps, starts) { lapses += 1 }
    try behaviour(steps, starts)
    return remark
  }

  func forgetMishaps(after count: Int) {
    mishaps.removeLast(max(0, mishaps.count - count))
  }

  func restart() async throws {
    starts += 1
  }

  func listening(among candidates: [UInt16]) async throws -> [UInt16] {
    candidates.filter(ports.contains)
  }

  func printed(matching pattern: Pattern) async -> Bool {
    lines.contains { pattern.isFound(in: $0) }
  }

  func panic(from line: Int) async -> PanicReport? { report }

  func note(_ text: String) async -> Evidence {
    notes.append(text)
    return Evidence(line: notes.count, entry: TranscriptEntry(time: guestTime, source: .lab, text: text))
  }
}
