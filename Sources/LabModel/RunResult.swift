// SPDX-License-Identifier: Apache-2.0

/// The one result of a run. Terminal, JSON and every other output are renderings of it.
public struct RunResult: Codable, Equatable, Sendable {
  /// How a run ended.
  public enum Verdict: String, Codable, Sendable {
    /// All checks passed.
    case pass
    /// Some check failed, or the submission did not build.
    case fail
    /// The lab failed, so nothing can be said of the submission.
    case error
  }

  /// What building the submission came to.
  public struct Build: Codable, Equatable, Sendable {
    /// Whether there is a flash image.
    public var succeeded: Bool
    /// The language of the submission; nil if it could not be told.
    public var language: FirmwareLanguage?
    /// One sentence for a failed build.
    public var reason: String?
    /// The compiler's messages, with the paths that the student knows.
    public var messages: String
    /// Wall time in seconds.
    public var seconds: Double

    /// - Parameters: as the properties of the same names.
    public init(
      succeeded: Bool, language: FirmwareLanguage? = nil, reason: String? = nil, messages: String = "", seconds: Double
    ) {
      self.succeeded = succeeded
      self.language = language
      self.reason = reason
      self.messages = messages
      self.seconds = seconds
    }
  }

  /// The version of this format.
  public var schema = 1
  /// The lab's id.
  public var lab: String
  /// The lab's title.
  public var title: String
  /// The path of the submission as it was given, or the reference firmware's.
  public var submission: String
  /// `espressif` or `bundled`.
  public var emulator: String
  /// `idf` or `bundled`; `prebuilt` for an image that was built elsewhere.
  public var sdk: String
  /// The chip that the program was built for and ran on.
  public var chip: Chip
  /// Which of the student's attempts at this lab it is, from 1: hints may wait for a later one.
  public var attempt: Int
  /// How it ended.
  public var verdict: Verdict
  /// What the checks earned.
  public var points: Int
  /// What they are worth.
  public var maximum: Int
  /// The build; nil if the run did not come so far.
  public var build: Build?
  /// One result for each of the lab's checks, in its order.
  public var checks: [CheckResult]
  /// Why the lab failed, where it did.
  public var error: LabError?
  /// The folder with the transcript, the UART log, the capture and this result.
  public var runFolder: String
  /// Wall time from start to verdict, in seconds.
  public var seconds: Double
  /// Wall time that the scenario itself waits for, in seconds.
  public var scenarioWaitSeconds: Double

  /// - Parameters: as the properties of the same names; verdict and points follow from the build, the checks and the error.
  public init(
    lab: Lab, submission: String, emulator: String, sdk: String, chip: Chip = .esp32c3, attempt: Int = 1,
    build: Build?, checks: [CheckResult],
    error: LabError? = nil, runFolder: String, seconds: Double, scenarioWaitSeconds: Double = 0
  ) {
    self.lab = lab.id
    title = lab.title
    self.submission = submission
    self.emulator = emulator
    self.sdk = sdk
    self.chip = chip
    self.attempt = attempt
    self.build = build
    self.checks = checks
    self.error = error
    self.runFolder = runFolder
    self.seconds = seconds
    self.scenarioWaitSeconds = scenarioWaitSeconds
    points = checks.reduce(0) { $0 + $1.points }
    maximum = lab.points
    verdict =
      if error != nil || checks.contains(where: { $0.status == .error }) {
        .error
      } else if build?.succeeded == true, !checks.isEmpty, checks.allSatisfy({ $0.status == .pass }) {
        .pass
      } else {
        .fail
      }
  }

  /// The exit code that tells this verdict: 0, 10 or 11.
  public var exitCode: Int32 { verdict.exitCode }

  /// What ``sdk`` says.
  /// - Parameter sdk: what the program was built with; nil for an image that was built elsewhere.
  public static func name(of sdk: SDKKind?) -> String { sdk?.rawValue ?? "prebuilt" }
}

extension RunResult.Verdict {
  /// The exit code that tells this verdict: 0, 10 or 11.
  public var exitCode: Int32 {
    switch self {
    case .pass: 0
    case .fail: 10
    case .error: 11
    }
  }
}

extension RunResult {
  /// Reads a result. One that was written before attempts were counted is read as the first.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    schema = try container.decode(Int.self, forKey: .schema)
    lab = try container.decode(String.self, forKey: .lab)
    title = try container.decode(String.self, forKey: .title)
    submission = try container.decode(String.self, forKey: .submission)
    emulator = try container.decode(String.self, forKey: .emulator)
    sdk = try container.decode(String.self, forKey: .sdk)
    chip = try container.decode(Chip.self, forKey: .chip)
    attempt = try container.decodeIfPresent(Int.self, forKey: .attempt) ?? 1
    verdict = try container.decode(Verdict.self, forKey: .verdict)
    points = try container.decode(Int.self, forKey: .points)
    maximum = try container.decode(Int.self, forKey: .maximum)
    build = try container.decodeIfPresent(Build.self, forKey: .build)
    checks = try container.decode([CheckResult].self, forKey: .checks)
    error = try container.decodeIfPresent(LabError.self, forKey: .error)
    runFolder = try container.decode(String.self, forKey: .runFolder)
    seconds = try container.decode(Double.self, forKey: .seconds)
    scenarioWaitSeconds = try container.decode(Double.self, forKey: .scenarioWaitSeconds)
  }
}
