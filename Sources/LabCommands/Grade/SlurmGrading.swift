// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import LabReports

/// Has a Slurm cluster run the submissions of a class, and takes what comes of them into the class's journal as it comes.
///
/// Everything that a later call has to know is in the output folder, which all nodes share: what a call that was killed has
/// submitted goes on, and the next one follows it.
struct SlurmGrading: Sendable {
  /// How it is done.
  struct Settings: Sendable {
    /// How many tasks run at a time.
    var jobs: Int
    /// What the caller wants of sbatch.
    var options: [String]
    /// What grades a shard, but for the shard and its folder.
    var command: [String]
    /// How often the journals of the tasks are read.
    var journalInterval = Duration.seconds(1)
    /// How often Slurm is asked.
    var queueInterval = Duration.seconds(3)
    /// How long what a node has written may take to be seen here: a network file system remembers for a while what was there.
    var delay = Duration.seconds(30)
    /// How long Slurm may fail to answer.
    var silence = Duration.seconds(300)
  }

  /// How many tasks there are for each that runs at a time: with one each, all would wait for the slowest at the end.
  private static let tasksPerJob = 4
  /// How often something may end without a result before it is given up.
  private static let patience = 2

  let lab: Lab
  let journal: Journal
  let header: JournalHeader
  let submissions: [ClassSubmission]
  let results: ResultsFolder
  let client: SlurmClient
  let settings: Settings
  /// Called for what happens, in its order.
  var report: @Sendable (GradingEvent) -> Void = { _ in }
  /// Called with what else the caller should know.
  var note: @Sendable (Printout) -> Void = { _ in }

  private var shards: URL { results.url.appending(path: "shards") }
  private var shown: String { "\(results.shown)/shards" }

  /// Grades what is to be graded.
  /// - Throws: `LabError` if there is no going on, `CancellationError` when it was ended; the job is cancelled then.
  func grade() async throws {
    var number = 0
    var found: [SlurmArray] = []
    let names = (try? FileManager.default.contentsOfDirectory(atPath: shards.path)) ?? []
    for name in names.compactMap({ Int($0) }).sorted() {
      number = name
      guard var array = try SlurmArray(shards.appending(path: "\(name)"), shown: "\(shown)/\(name)") else { continue }
      var follower = SlurmFollower(journal: journal, results: results.url, report: report)
      try follower.follow(&array)
      follower.end(nil)
      found.append(array)
    }
    var account = SlurmAccount(patience: Self.patience)
    // What a call that was killed has submitted may still run.
    for array in found where try await patiently({ _ in try await !client.tasks(of: array.name).isEmpty }) {
      note("Slurm still runs what an earlier call has begun, with logs in \(array.shown)")
      try refuseOther(array)
      try await follow(array, &account)
    }
    while case let items = try remaining(), !items.isEmpty {
      number += 1
      try await follow(try await submit(items, number), &account)
    }
  }

  /// Submits what is left.
  private func submit(_ items: [GradingPlan.Item], _ number: Int) async throws -> SlurmArray {
    let count = min(items.count, settings.jobs * Self.tasksPerJob, Shard.limit)
    let array = try SlurmArray(
      new: shards.appending(path: "\(number)"), shown: "\(shown)/\(number)", students: items.map(\.submission.student),
      count: count, results: results.url)
    try await cancelling(array) {
      let submission = SlurmClient.Submission(
        name: array.name, count: count, limit: min(settings.jobs, count), options: settings.options,
        logs: array.folder, command: array.command(settings.command))
      let job = try await patiently { isAgain in
        // One that was not answered may have been taken all the same, and must not be submitted twice.
        if isAgain, try await !client.tasks(of: array.name).isEmpty { return array.name }
        return try await client.submit(submission)
      }
      let tasks = "\(count) task\(count == 1 ? "" : "s"), at most \(min(settings.jobs, count)) at a time"
      note("Slurm job \(job): \(tasks), with logs in \(array.shown)")
    }
    return array
  }

  /// Asks Slurm, and asks again for some time while it does not answer.
  /// - Parameter ask: asks; it is told whether that has been done before.
  private func patiently<Value: Sendable>(
    _ ask: @Sendable (_ isAgain: Bool) async throws -> Value
  ) async throws -> Value {
    var silentSince: ContinuousClock.Instant?
    while true {
      do {
        return try await ask(silentSince != nil)
      } catch let error as LabError where error.code == "slurm.silent" {
        if silentSince == nil { note("Slurm does not answer (\(error.message)); it is asked again") }
        let since = silentSince ?? ContinuousClock.now
        guard ContinuousClock.now - since < settings.silence else { throw error }
        silentSince = since
        try await Task.sleep(for: settings.queueInterval)
      }
    }
  }

  /// Follows an array to its end, and gives those up whom it brings no further.
  private func follow(_ array: SlurmArray, _ account: inout SlurmAccount) async throws {
    let before = journal.book
    let ended = try await cancelling(array) { try await watch(array) }
    let left = Set(try remaining().map(\.submission.student))
    guard !left.isDisjoint(with: ended.students.joined()) else { return }
    let isIdle = journal.book.records == before.records
    if isIdle, !ended.hasLogs {
      throw LabError(
        code: "slurm.notShared", message: "the tasks of the Slurm job have ended, and left nothing in \(ended.shown)",
        remedy: "name a folder with --output that this computer and all nodes share; or were they cancelled?")
    }
    let given = account.take(ended, left: left, isIdle: isIdle)
    guard given.isEmpty else { return try await fail(given) }
    note("Some tasks ended without a result; what they left is submitted again")
  }

  /// Takes what the tasks of an array do until none is left.
  private func watch(_ submitted: SlurmArray) async throws -> SlurmArray {
    var array = submitted
    var follower = SlurmFollower(journal: journal, results: results.url, report: report)
    var queue = SlurmQueue(client: client, name: array.name, settings: settings)
    while true {
      // Asked before the journals are read: who has ended then has nothing more to write.
      let state = try await queue.look()
      if let reason = state.news { note("Slurm lets all tasks wait: \(reason)") }
      try follower.follow(&array)
      let left = Set(try remaining().map(\.submission.student))
      if left.isDisjoint(with: array.students.joined()) || state.isOver(array.hasLogs) { break }
      try await Task.sleep(for: settings.journalInterval)
    }
    follower.end(LabError(code: "slurm.task", message: "its Slurm task ended"))
    return array
  }

  /// Does something with an array, and ends the array if that fails.
  private func cancelling<Value: Sendable>(
    _ array: SlurmArray, _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch {
      // Where Slurm is silent nothing can be cancelled, and nothing has to be: the next call follows it.
      if (error as? LabError)?.code == "slurm.silent" { throw error }
      // Beside the task that may have been cancelled.
      await Task.detached { await end(array) }.value
      throw error
    }
  }

  /// Cancels an array, and takes what its tasks still have written.
  private func end(_ array: SlurmArray) async {
    guard (try? await client.cancel(array.name)) != nil else {
      return note("The Slurm job could not be cancelled; scancel --name=\(array.name) does it")
    }
    let deadline = ContinuousClock.now + settings.delay
    while ContinuousClock.now < deadline, (try? await client.tasks(of: array.name))?.isEmpty == false {
      try? await Task.sleep(for: settings.journalInterval)
    }
    var (array, follower) = (array, SlurmFollower(journal: journal, results: results.url, report: report))
    try? follower.follow(&array)
  }

  /// Refuses an array whose results would not go with those of this call.
  private func refuseOther(_ array: SlurmArray) throws {
    guard let difference = array.sources.lazy.compactMap({ $0.header?.difference(from: header) }).first else { return }
    throw LabError(
      code: "slurm.other", message: "a Slurm job of an earlier call still runs, and \(difference)",
      remedy: "end it first: scancel --name=\(array.name)", isUsage: true)
  }

  /// What has no result that counts.
  private func remaining() throws -> [GradingPlan.Item] {
    try GradingPlan(submissions, book: journal.book, header: header).items
  }

  /// Gives students up: the lab has failed for them.
  private func fail(_ reasons: [String: LabError]) async throws {
    let items = try remaining().filter { reasons[$0.submission.student] != nil }
    let grading = Grading(
      lab: lab, journal: journal, settings: Grading.Settings(jobs: 1, retries: 0, deadline: .seconds(60)),
      report: report,
      run: { throw reasons[$0.submission.student] ?? LabError(code: "slurm.task", message: "its Slurm task ended") })
    try await grading.grade(items)
  }
}
