// SPDX-License-Identifier: Apache-2.0

/// What runs the programs of a class.
enum GradingEngine: Equatable, Sendable {
  /// This computer.
  case local
  /// The nodes of a Slurm cluster; the words are for sbatch.
  case slurm(options: [String])

  /// Whether it is Slurm.
  var isSlurm: Bool { self != .local }

  /// What the caller wants of sbatch.
  var slurmOptions: [String] {
    if case .slurm(let options) = self { options } else { [] }
  }
}
