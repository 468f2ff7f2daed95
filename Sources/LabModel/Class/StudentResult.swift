// SPDX-License-Identifier: Apache-2.0

/// What a student's submission came to.
public struct StudentResult: Codable, Equatable, Sendable {
  /// How it ended.
  public enum Verdict: String, Codable, CaseIterable, Sendable {
    /// All checks passed.
    case pass
    /// Some check failed, or the submission did not build.
    case fail
    /// The lab failed, however often it was tried, so nothing can be said of the submission.
    case error
    /// The roster has the student, the class folder has no submission.
    case missing
  }

  /// A run of the submission.
  public struct Attempt: Codable, Equatable, Sendable {
    /// How the run ended.
    public var verdict: RunResult.Verdict
    /// Why the lab failed, where it did.
    public var error: LabError?
    /// The run folder, relative to the folder of the class's results.
    public var runFolder: String

    /// - Parameters: as the properties of the same names.
    public init(verdict: RunResult.Verdict, error: LabError? = nil, runFolder: String) {
      self.verdict = verdict
      self.error = error
      self.runFolder = runFolder
    }
  }

  /// How one of the lab's checks ended.
  public struct Check: Codable, Equatable, Sendable {
    /// The check's id in its lab.
    public var id: String
    /// The check's title.
    public var title: String
    /// How it ended.
    public var status: CheckStatus
    /// What it earned.
    public var points: Int
    /// What it is worth.
    public var maximum: Int
    /// Known mistakes that explain it, most likely first.
    public var hints: [String]
    /// Who sees it.
    public var visibility: Visibility

    /// - Parameter result: the check's result in a run.
    public init(_ result: CheckResult) {
      id = result.id
      title = result.title
      status = result.status
      points = result.points
      maximum = result.maximum
      hints = result.hints
      visibility = result.visibility
    }
  }

  /// Who handed it in: the name of the file or folder, without its extension, or the roster's id. Hostile text.
  public var student: String
  /// The student's name in the roster.
  public var name: String?
  /// The student's address in the roster.
  public var email: String?
  /// The submission's path in the class folder; nil if there is none.
  public var submission: String?
  /// The SHA-256 of what was handed in, in hexadecimal digits.
  public var digest: String?
  /// How it ended.
  public var verdict: Verdict
  /// What the checks earned.
  public var points: Int
  /// What they are worth.
  public var maximum: Int
  /// Whether there is a flash image; nil where it did not come so far.
  public var isBuilt: Bool?
  /// Why there is none: one sentence.
  public var buildFailure: String?
  /// One entry for each of the lab's checks, in its order; none without a verdict.
  public var checks: [Check]
  /// The runs, in their order; the last one decided.
  public var attempts: [Attempt]

  /// A student without a submission.
  public init(missing student: String, name: String? = nil, email: String? = nil, maximum: Int) {
    self.init(student: student, name: name, email: email, verdict: .missing, maximum: maximum)
  }

  /// What a submission came to.
  /// - Parameters:
  ///   - submission: its path in the class folder.
  ///   - digest: the SHA-256 of what was handed in.
  ///   - result: the result of its last run.
  ///   - attempts: all of its runs, the last one included.
  public init(
    student: String, name: String? = nil, email: String? = nil, submission: String, digest: String, result: RunResult,
    attempts: [Attempt]
  ) {
    let verdict: Verdict =
      switch result.verdict {
      case .pass: .pass
      case .fail: .fail
      case .error: .error
      }
    self.init(student: student, name: name, email: email, verdict: verdict, maximum: result.maximum)
    self.submission = submission
    self.digest = digest
    // What the lab could not judge earns nothing and costs nothing: it is graded again.
    points = verdict == .error ? 0 : result.points
    isBuilt = result.build?.succeeded
    buildFailure = result.build?.reason
    checks = result.checks.map(Check.init)
    self.attempts = attempts
  }

  private init(student: String, name: String?, email: String?, verdict: Verdict, maximum: Int) {
    self.student = student
    self.name = name
    self.email = email
    self.verdict = verdict
    self.maximum = maximum
    points = 0
    checks = []
    attempts = []
  }

  /// Where the run is that decided, relative to the folder of the class's results.
  public var runFolder: String? { attempts.last?.runFolder }
}
