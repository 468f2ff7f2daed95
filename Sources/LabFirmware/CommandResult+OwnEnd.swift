// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

extension CommandResult {
  /// Returns where a build tool came to an end of its own, good or bad, and throws where a limit or the host ended it. That is told by its exit, the guard
  /// and the limits, never by what the tool printed: a source can make it print anything.
  /// - Parameters:
  ///   - tool: what the student reads, such as "the compiler".
  ///   - source: what it worked on, if that is one file.
  ///   - hint: what to do where it took too long; what made it expand without end, if nil.
  /// - Throws: `BuildFailure` if it used up what a program may use, `LabError` if the host is at fault.
  func requireOwnEnd(of tool: String, on source: String? = nil, hint: String? = nil) throws {
    let subject = source.map { " with \($0)" } ?? ""
    switch termination {
    case .exited(let status) where !Self.statusesOfTheSandbox.contains(status): return
    case .signalled(SIGXCPU):
      throw BuildFailure(
        .timeout, "\(tool) did not come to an end\(subject)", hint: hint ?? BuildFailure.endlessHint,
        log: BuildLog(errors))
    case .signalled(SIGXFSZ):
      throw BuildFailure(
        .tooBig, "the program is too big for any board: \(tool) was stopped while it wrote it",
        hint: "look for an array of many megabytes", log: BuildLog(errors))
    case .outOfMemory:
      throw BuildFailure(
        .compile, "\(tool) ran out of memory\(subject)", hint: BuildFailure.endlessHint, log: BuildLog(errors))
    case .timedOut:
      throw LabError(
        code: "build.slow",
        message:
          "\(tool) got too little of the processor: it was stopped after \(duration.components.seconds) s, of which it had "
          + "the processor for \(processorTime.components.seconds) s",
        remedy: "run it again with less going on")
    case .signalled(SIGKILL), .signalled(SIGTERM), .signalled(SIGINT), .signalled(SIGHUP), .lost, .notStarted, .exited:
      throw LabError(
        code: "build.killed", message: "\(tool) was ended from outside, as a computer does that is short of memory",
        remedy: "run it again with less going on")
    // It crashed, which is what became of the source.
    case .signalled: return
    }
  }

  /// What `lab-confine` exits with where it cannot start a tool; none of the tools does.
  private static let statusesOfTheSandbox: ClosedRange<Int32> = 125...127
}
