// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

extension CommandResult {
  /// Tells a compiler that was killed for what the source made of it from one that the host was too small for.
  /// - Parameters:
  ///   - limits: what it was allowed. The kernel kills what has used up its processor time (setrlimit(2), `RLIMIT_CPU`).
  ///   - message: what the student reads in the first case.
  /// - Throws: `BuildFailure` or `LabError` if it was killed.
  func refuseKilled(after limits: ResourceLimits, _ message: String) throws {
    guard isKilled else { return }
    // Nothing uses up more processor time than time passes.
    guard let seconds = limits.cpuSeconds, duration < .seconds(seconds) else {
      throw BuildFailure(.timeout, message, hint: BuildFailure.endlessHint, log: BuildLog(errors))
    }
    throw LabError(
      code: "build.killed", message: "the compiler was killed, as a computer does that is short of memory",
      remedy: "run it again with less going on")
  }

  /// Whether the command, or one that it started, was killed: gcc's driver and Swift's tell it of the compiler proper, in a line that
  /// no source can have them begin.
  private var isKilled: Bool {
    if termination == .signalled(9) { return true }
    return BuildLog(errors).plain.split(separator: "\n").contains {
      $0.contains(#/^[\w-]+-gcc: fatal error: Killed signal terminated program \w+$/#)
        || $0.contains(#/^error: \w+ command failed due to signal 9 /#)
    }
  }
}
