// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabBatch

/// What the caller calls the engines.
enum EngineName: String, CaseIterable, ExpressibleByArgument, Sendable {
  case local, slurm
}

/// How a class is graded by more than one computer.
struct SpreadOptions: ParsableArguments {
  @Option(
    name: .customLong("engine"),
    help: """
      What runs the programs: this computer, or the nodes of a Slurm cluster, which share the output folder, the submissions and \
      the lab.
      """)
  var engineName: EngineName = .local

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Options for sbatch, with spaces between them, such as \"--partition=lab --time=60\".", valueName: "options"))
  var slurmOptions: String?

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

  /// What runs the programs.
  var engine: GradingEngine {
    switch engineName {
    case .local: .local
    case .slurm: .slurm(options: words)
    }
  }

  private var words: [String] { (slurmOptions ?? "").split(whereSeparator: \.isWhitespace).map(String.init) }

  /// Refuses options that contradict each other.
  /// - Parameter reruns: what is to be graded again.
  func validate(_ reruns: [Rerun]) throws {
    if engineName == .slurm {
      guard shard == nil, merged.isEmpty else {
        throw ValidationError("--engine slurm makes shards of its own and merges them.")
      }
      // sbatch would take it for the script.
      if let first = words.first, !first.hasPrefix("-") {
        throw ValidationError("--slurm-options takes options: \(first) is none.")
      }
    } else if slurmOptions != nil {
      throw ValidationError("--slurm-options is for --engine slurm.")
    }
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
