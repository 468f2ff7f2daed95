// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Counts what ended without a result, and tells who is to be given up.
///
/// A submission that brings down every task that runs it costs the others nothing: they are graded by the next array, and it is given
/// up. Where nobody is to blame, an array that brought nothing at all is repeated once.
struct SlurmAccount {
  /// How often something may end without a result.
  let patience: Int
  private var losses: [String: Int] = [:]
  private var idleArrays = 0

  /// - Parameter patience: how often something may end without a result.
  init(patience: Int) { self.patience = patience }

  /// Takes the end of an array.
  /// - Parameters:
  ///   - array: the array.
  ///   - left: the students who have no result.
  ///   - isIdle: whether nobody has got one.
  /// - Returns: who is given up, and why.
  mutating func take(_ array: SlurmArray, left: Set<String>, isIdle: Bool) -> [String: LabError] {
    var given: [String: LabError] = [:]
    var isAnyoneRunning = false
    for (index, source) in array.sources.enumerated() {
      for student in source.runsInFlight where left.contains(student) {
        isAnyoneRunning = true
        losses[student, default: 0] += 1
        if losses[student, default: 0] >= patience { given[student] = reason(array, index + 1) }
      }
    }
    idleArrays = isIdle && !isAnyoneRunning ? idleArrays + 1 : 0
    guard idleArrays >= patience else { return given }
    for (index, students) in array.students.enumerated() {
      for student in students where left.contains(student) { given[student] = reason(array, index + 1) }
    }
    return given
  }

  private func reason(_ array: SlurmArray, _ index: Int) -> LabError {
    let words = array.lastWords(of: index).map { ": \($0)" } ?? ""
    return LabError(
      code: "slurm.task", message: "its Slurm task ended \(patience) times without a result\(words)",
      remedy: "see \(array.shown)/\(index).log, and try again with --rerun errors")
  }
}
