// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Asks Slurm now and then how the tasks of a job array are getting on.
struct SlurmQueue {
  /// How they are.
  struct State {
    /// Since when there is no task any more; nil while there is one.
    fileprivate var over: Duration?
    fileprivate var delay: Duration
    /// Why all of them wait, if that is so and has not been told.
    var news: String?

    /// Whether there is nothing left to wait for.
    /// - Parameter isSeen: whether anything of the tasks has been seen; what has not been may still come.
    func isOver(_ isSeen: Bool) -> Bool {
      guard let over else { return false }
      return over >= (isSeen ? min(delay, .seconds(3)) : delay)
    }
  }

  /// What Slurm says just after the submission, and between two tasks.
  private static let usual: Set = ["None", "JobArrayTaskLimit"]

  private let client: SlurmClient
  private let name: String
  private let settings: SlurmGrading.Settings
  private let clock = ContinuousClock()
  private var asked: ContinuousClock.Instant?
  private var answered = ContinuousClock.now
  private var emptySince: ContinuousClock.Instant?
  private var told: String?

  /// - Parameters:
  ///   - client: Slurm.
  ///   - name: the job's name.
  ///   - settings: how often it is asked, and how long it may be silent.
  init(client: SlurmClient, name: String, settings: SlurmGrading.Settings) {
    self.client = client
    self.name = name
    self.settings = settings
  }

  /// Asks, if it is time.
  /// - Throws: `LabError` with code `slurm.silent` if Slurm has not answered for long.
  mutating func look() async throws -> State {
    var state = State(over: nil, delay: settings.delay)
    if asked.map({ clock.now - $0 >= settings.queueInterval }) ?? true {
      asked = clock.now
      do {
        let tasks = try await client.tasks(of: name)
        answered = clock.now
        emptySince = tasks.isEmpty ? emptySince ?? clock.now : nil
        state.news = news(of: tasks)
      } catch let error as LabError {
        guard clock.now - answered > settings.silence else { return state }
        throw LabError(
          code: "slurm.silent", message: "Slurm does not answer any more: \(error.message)",
          remedy: "its tasks go on as they can; the same command follows them when Slurm is back")
      }
    }
    state.over = emptySince.map { clock.now - $0 }
    return state
  }

  private mutating func news(of tasks: [SlurmClient.Task]) -> String? {
    guard let first = tasks.first, !tasks.contains(where: \.isRunning) else {
      told = nil
      return nil
    }
    guard !Self.usual.contains(first.reason), first.reason != told else { return nil }
    told = first.reason
    return first.reason
  }
}
