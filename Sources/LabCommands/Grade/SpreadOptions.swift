// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabBatch

/// How a class is graded by more than one computer.
struct SpreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Grade one part of the class, as 2/8: every eighth student, from the second on. Its results are for --merge.",
      valueName: "i/n"))
  var shard: Shard?

  @Option(
    name: .customLong("merge"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Grade nothing; take the results of shards into the output folder. Their run folders are moved there.",
      valueName: "folders"), completion: .directory)
  var merged: [String] = []

  /// Refuses options that contradict each other.
  /// - Parameter reruns: what is to be graded again.
  func validate(_ reruns: [Rerun]) throws {
    if !merged.isEmpty {
      guard shard == nil else { throw ValidationError("--merge takes shards together, --shard grades one.") }
      guard reruns.isEmpty else { throw ValidationError("--merge grades nothing, so there is nothing to --rerun.") }
    }
    if shard != nil, reruns.contains(where: { if case .student = $0 { true } else { false } }) {
      throw ValidationError("A student may be in another shard: --rerun takes errors, failed or all with --shard.")
    }
  }
}

extension Shard: ExpressibleByArgument {
  /// - Parameter argument: `2/8`.
  public init?(argument: String) { self.init(argument) }
}
