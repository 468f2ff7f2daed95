// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How long runs take that nobody disturbs; each is measured once.
actor RunLengths {
  private var measurements: [String: Task<Duration, any Error>] = [:]

  func length(of program: ChaosProgram) async throws -> Duration {
    let path = program.submission.path
    let measurement =
      measurements[path]
      ?? Task {
        let run = try ChaosRun(program)
        defer { run.remove() }
        let began = ContinuousClock.now
        _ = await (try run.start()).outcome()
        return ContinuousClock.now - began
      }
    measurements[path] = measurement
    return try await measurement.value
  }
}
