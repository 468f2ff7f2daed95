// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Runs the submissions of a plan, some at a time, and has the journal keep what comes of them.
///
/// Each run has a folder and processes of its own, and nothing that one leaves is seen by another: results do not depend on how
/// many run at a time, nor on the order in which they end.
public struct Grading: Sendable {
  /// How it is done.
  public struct Settings: Sendable {
    /// How many submissions run at a time.
    public var jobs: Int
    /// How often a run is repeated that the lab failed in.
    public var retries: Int
    /// The wall time after which a run is given up. That is the host's failure and not the student's: what a program may take is in
    /// the lab file, in the device's time, and ends the run with a verdict long before.
    public var deadline: Duration
    /// How often the host is looked at.
    public var interval = Duration.seconds(2)

    /// - Parameters: as the properties of the same names.
    public init(jobs: Int, retries: Int = 2, deadline: Duration) {
      self.jobs = jobs
      self.retries = retries
      self.deadline = deadline
    }
  }

  private enum Happening: Sendable {
    case ended(GradingPlan.Item, RunResult, seconds: Double)
    case failed(LabError)
    case tick
  }

  private let lab: Lab
  private let journal: Journal
  private let settings: Settings
  private let run: SubmissionRunner
  private let examine: @Sendable (LabError?) async throws -> Void
  private let report: @Sendable (GradingEvent) -> Void

  /// - Parameters:
  ///   - lab: the lab.
  ///   - journal: gets what happens; it has a header.
  ///   - settings: how it is done.
  ///   - examine: called before each run, and with each failure of the lab after it; throws if there is no going on, as on a full disk.
  ///   - report: called for what happens, in its order.
  ///   - run: makes a run.
  public init(
    lab: Lab, journal: Journal, settings: Settings,
    examine: @escaping @Sendable (LabError?) async throws -> Void = { _ in },
    report: @escaping @Sendable (GradingEvent) -> Void = { _ in }, run: @escaping SubmissionRunner
  ) {
    self.lab = lab
    self.journal = journal
    self.settings = settings
    self.examine = examine
    self.report = report
    self.run = run
  }

  /// Grades.
  /// - Throws: `LabError` if there is no going on: what the journal has by then is kept. `CancellationError` when it was ended.
  public func grade(_ items: [GradingPlan.Item]) async throws {
    try await withThrowingTaskGroup(of: Happening.self) { group in
      var queue = items
      var running = 0
      var probe = HostProbe()
      var policy = LoadPolicy(maximum: settings.jobs)
      let began = ContinuousClock.now
      let interval = settings.interval
      var time: Double { (ContinuousClock.now - began) / .seconds(1) }
      group.addTask { try await Self.tick(after: interval) }
      while running > 0 || !queue.isEmpty {
        while running < policy.limit, !queue.isEmpty {
          try Task.checkCancellation()
          try await examine(nil)
          let item = queue.removeFirst()
          try start(item)
          running += 1
          group.addTask { try await happening(item) }
        }
        switch try await group.next() {
        case .tick:
          tell(policy.take(probe.read(), running: running, at: time))
          group.addTask { try await Self.tick(after: interval) }
        case .ended(let item, let result, let seconds):
          running -= 1
          if result.verdict == .error {
            try await examine(result.error)
            if result.error?.isByHost == true { tell(policy.takeFailure(at: time)) }
          }
          if let again = try finish(item, result, seconds) { queue.append(again) }
        case .failed(let error): throw error
        case nil: break
        }
      }
      group.cancelAll()
    }
  }

  private func tell(_ change: LoadPolicy.Change?) {
    if let change { report(.limited(change)) }
  }

  private func start(_ item: GradingPlan.Item) throws {
    try journal.append(
      .started(
        RunStart(
          student: item.submission.student, digest: item.submission.digest, runFolder: item.runFolder)))
    report(.started(student: item.submission.student))
  }

  /// Has the journal keep what came of a run.
  /// - Returns: what is to be run again.
  private func finish(_ item: GradingPlan.Item, _ result: RunResult, _ seconds: Double) throws -> GradingPlan.Item? {
    let submission = item.submission
    let attempt = StudentResult.Attempt(verdict: result.verdict, error: result.error, runFolder: item.runFolder)
    let attempts = item.attempts + [attempt]
    // A wrong call is as wrong the next time.
    if result.verdict == .error, attempts.count <= settings.retries, result.error?.isUsage != true {
      try journal.append(
        .retried(RetriedRun(student: submission.student, digest: submission.digest, attempt: attempt)))
      report(.retrying(student: submission.student, result.error))
      var again = item
      again.attempts = attempts
      again.nextRun += 1
      return again
    }
    let graded = GradedSubmission(
      result: StudentResult(
        student: submission.student, name: submission.name, email: submission.email, submission: submission.origin,
        digest: submission.digest, result: result, attempts: attempts),
      reason: item.reason)
    let former = journal.book.records[submission.student]?.result
    try journal.append(.graded(graded))
    report(.graded(graded, former: former, seconds: seconds))
    return nil
  }

  private func happening(_ item: GradingPlan.Item) async throws -> Happening {
    let began = ContinuousClock.now
    var result: RunResult
    do {
      result = try await limited(
        GradingRun(submission: item.submission, folder: item.runFolder, handIn: item.handIn))
    } catch let error as LabError {
      result = failed(item, error)
    } catch let error where !(error is CancellationError) {
      result = failed(item, LabError(code: "internal", message: "\(error)"))
    }
    if let error = result.error, error.concernsAll { return .failed(error) }
    return .ended(item, result, seconds: (ContinuousClock.now - began) / .seconds(1))
  }

  /// The result of a run that came to none.
  private func failed(_ item: GradingPlan.Item, _ error: LabError) -> RunResult {
    let header = journal.book.header
    return RunResult(
      lab: lab, submission: item.submission.origin, emulator: header?.emulator ?? "", sdk: header?.sdk ?? "",
      chip: header?.chip ?? .esp32c3, build: nil, checks: [], error: error, runFolder: item.runFolder, seconds: 0)
  }

  /// Makes a run, and ends it when its time is up.
  private func limited(_ gradingRun: GradingRun) async throws -> RunResult {
    let deadline = settings.deadline
    let run = run
    return try await withThrowingTaskGroup(of: RunResult?.self) { group in
      group.addTask { try await run(gradingRun) }
      group.addTask {
        try await Task.sleep(for: deadline)
        return nil
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() ?? nil else { throw LabError.tooSlow(deadline) }
      return result
    }
  }

  private static func tick(after interval: Duration) async throws -> Happening {
    try await Task.sleep(for: interval)
    return .tick
  }
}

extension GradingPlan.Item {
  /// The folder of its next run, relative to the folder of the results.
  var runFolder: String { "runs/\(StudentResult.fileName(for: submission.student))/\(nextRun)" }
}
