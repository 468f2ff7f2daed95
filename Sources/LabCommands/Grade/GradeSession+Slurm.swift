// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabBatch
import LabModel
import LabSandbox

extension GradeSession {
  /// The grading of the class by a cluster.
  func slurmGrading(
    _ client: SlurmClient, _ submissions: [ClassSubmission], _ journal: Journal, _ header: JournalHeader,
    _ results: ResultsFolder
  ) throws -> SlurmGrading {
    SlurmGrading(
      lab: lab, journal: journal, header: header, submissions: submissions, results: results, client: client,
      settings: SlurmGrading.Settings(jobs: jobs, options: engine.slurmOptions, command: try shardCommand(header)))
  }

  /// What grades a shard of the class, but for the shard and its folder. What this call has found out is said, so that no node takes
  /// something else.
  private func shardCommand(_ header: JournalHeader) throws -> [String] {
    var command = [try HelperExecutable.path(named: "lab"), "grade", lab.id, folder.path]
    if let roster { command += ["--roster", roster.path] }
    command += ["--sdk", header.sdk, "--emulator", header.emulator, "--target", header.chip.rawValue]
    if let language { command += ["--language", language.rawValue] }
    if tools.isUnconfined { command.append("--no-sandbox") }
    return command + ["--retries", String(retries), "--jobs", "1", "--color", "never"]
  }
}
