// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What was found of one thing that a run needs.
public struct DoctorFinding: Codable, Equatable, Sendable {
  /// How it is.
  public enum State: String, Codable, Sendable {
    /// It is there, and a run uses it.
    case used
    /// It is there, or could be, and a run does without it.
    case unused
    /// A run needs it, and it is not there or not fit for use.
    case missing
  }

  /// What it is about.
  public var topic: String
  /// How it is.
  public var state: State
  /// What was found, or is wrong.
  public var summary: String
  /// Its version, where it lies: one fact a line.
  public var details: [String]
  /// What mends it.
  public var remedy: String?

  /// - Parameters: as the properties of the same names.
  public init(topic: String, state: State, summary: String, details: [String] = [], remedy: String? = nil) {
    self.topic = topic
    self.state = state
    self.summary = summary
    self.details = details
    self.remedy = remedy
  }
}

/// What a run of a program in a language takes, or why there can be none.
public struct DoctorChoice: Codable, Equatable, Sendable {
  /// The language.
  public var language: FirmwareLanguage
  /// What it is built with; nil if there can be no run.
  public var sdk: SDKKind?
  /// What boots it, as `--emulator` takes it; nil if there can be no run.
  public var emulator: String?
  /// The chip that both are for.
  public var chip: Chip
  /// Both with their versions, for people.
  public var summary: String?
  /// Why it is these: one reason a line.
  public var reasons: [String]
  /// Why there can be no run, and what mends it.
  public var problem: LabError?

  /// - Parameters: as the properties of the same names.
  public init(
    language: FirmwareLanguage, sdk: SDKKind? = nil, emulator: String? = nil, chip: Chip = .esp32c3,
    summary: String? = nil, reasons: [String] = [], problem: LabError? = nil
  ) {
    self.language = language
    self.sdk = sdk
    self.emulator = emulator
    self.chip = chip
    self.summary = summary
    self.reasons = reasons
    self.problem = problem
  }
}

/// What there is of one lab.
public struct DoctorLab: Codable, Equatable, Sendable {
  /// What `lab run` takes; the file's name if it cannot be read.
  public var lab: String
  /// The languages in which the course has a solution, which a run without a path takes.
  public var solutions: [FirmwareLanguage]
  /// Why it cannot be run, whatever the language.
  public var problem: LabError?

  /// - Parameters: as the properties of the same names.
  public init(lab: String, solutions: [FirmwareLanguage] = [], problem: LabError? = nil) {
    self.lab = lab
    self.solutions = solutions
    self.problem = problem
  }
}

/// All that `lab doctor` has found.
public struct DoctorExamination: Codable, Equatable, Sendable {
  /// What all runs share.
  public var findings: [DoctorFinding]
  /// What a run takes, by language.
  public var choices: [DoctorChoice]
  /// The labs.
  public var labs: [DoctorLab]

  /// - Parameters: as the properties of the same names.
  public init(findings: [DoctorFinding] = [], choices: [DoctorChoice] = [], labs: [DoctorLab] = []) {
    self.findings = findings
    self.choices = choices
    self.labs = labs
  }

  /// Whether some lab can be run in some language.
  public var isFit: Bool {
    findings.allSatisfy { $0.state != .missing } && choices.contains { $0.problem == nil }
      && labs.contains { $0.problem == nil }
  }
}
