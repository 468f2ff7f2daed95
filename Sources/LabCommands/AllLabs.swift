// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabReports

/// Runs the course's own solutions of all labs, some at a time.
struct AllLabs: Sendable {
  /// The runs, in the order of the labs.
  let sessions: [RunSession]
  /// How many run at a time.
  let jobs: Int
  let console: Console

  /// Runs them.
  /// - Parameter ended: called with each result as it comes.
  /// - Throws: `Interruption` if a signal ended the runs, `LabError` if one came to no result; nothing is left running.
  func run(_ ended: @escaping @Sendable (RunResult) -> Void) async throws -> BatchResult {
    let began = ContinuousClock.now
    let (outcome, signal) = await SignalWatch.run(
      atFirst: { [console] in console.errors.write(Printout(own: SignalWatch.notice(of: $0))) },
      { try await results(ended) })
    let isComplete = (try? outcome.get()) != nil
    if !isComplete { for session in sessions { _ = session.runFolder.discardIfEmpty() } }
    if let signal, !isComplete {
      let parent = sessions.first?.runFolder.url.deletingLastPathComponent()
      throw Interruption(signal: signal, runFolder: parent.map { console.shown($0) })
    }
    return BatchResult(results: try outcome.get(), seconds: (ContinuousClock.now - began) / .seconds(1))
  }

  private func results(_ ended: @escaping @Sendable (RunResult) -> Void) async throws -> [RunResult] {
    try await withThrowingTaskGroup(of: (Int, RunResult).self) { group in
      var results: [RunResult?] = Array(repeating: nil, count: sessions.count)
      for (index, session) in sessions.enumerated() {
        if index >= jobs, let (done, result) = try await group.next() { results[done] = result }
        group.addTask {
          let result = try await session.grade { _ in }
          ended(result)
          return (index, result)
        }
      }
      for try await (done, result) in group { results[done] = result }
      return results.compactMap { $0 }
    }
  }
}
