// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel

/// A running device with peers, as grading uses it.
public protocol ScenarioRunning: Sendable {
  /// Guest time in nanoseconds since the device first started.
  var guestTime: UInt64 { get async }
  /// What went wrong with the device so far, in order.
  var mishaps: [DeviceMishap] { get async }

  /// Whether the interrupt watchdog may bite a program that is not at fault: Espressif's emulator may lose the interrupt of a tick, and where the host
  /// held an idle device back, its clock passes the watchdog's time and the ticks that should have come before at once.
  var mayBiteWrongly: Bool { get async }

  /// How often the host has held up the lab or its network while the device ran on. What fails in such a time says nothing of the program.
  var lapses: Int { get async }

  /// Forgets what went wrong after the first so many mishaps.
  func forgetMishaps(after count: Int) async

  /// Takes the steps of one check, in order.
  /// - Returns: how the device did what the steps leave open, where they do.
  /// - Throws: `StepFailure` for the first step that the device does not live up to; `LabError` when the lab fails;
  ///   `CancellationError` when the run is being ended.
  @discardableResult
  func run(_ steps: [Step]) async throws -> String?

  /// Starts the device anew, as its reset button would.
  func restart() async throws

  /// The ports among those given that the device listens on now, in their order.
  func listening(among ports: [UInt16]) async throws -> [UInt16]

  /// Whether a line that the device printed matches a pattern.
  func printed(matching pattern: Pattern) async -> Bool

  /// The first panic that the device reported from a transcript line on, with the places in the program that it names.
  func panic(from line: Int) async -> PanicReport?

  /// Adds a line to the transcript.
  @discardableResult
  func note(_ text: String) async -> Evidence
}

/// Something that a healthy device never does, and the transcript line that shows it.
public struct DeviceMishap: Equatable, Sendable {
  /// What it was.
  public var kind: CheckDefinition.Mishap
  /// The line that shows it.
  public var evidence: Evidence

  /// - Parameters: as the properties of the same names.
  public init(kind: CheckDefinition.Mishap, evidence: Evidence) {
    self.kind = kind
    self.evidence = evidence
  }
}

extension DeviceMishap {
  /// Whether it is a bite of the interrupt watchdog.
  public var isInterruptWatchdog: Bool {
    kind == .watchdog && evidence.entry.text.contains(DeviceFacts.interruptWatchdog)
  }
}
