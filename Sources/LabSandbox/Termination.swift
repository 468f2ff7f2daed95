// SPDX-License-Identifier: Apache-2.0

/// How a command ended, as the kernel, the guard and the sandbox tell it; never by what it printed.
public enum Termination: Hashable, Sendable {
  /// By itself, with this status.
  case exited(Int32)
  /// By this signal. SIGXCPU and SIGXFSZ are of its limits. SIGKILL is of the host: no limit kills.
  case signalled(Int32)
  /// The lab killed it, since its time was up.
  case timedOut
  /// The guard killed it, since it had more memory than its limit.
  case outOfMemory
  /// It never began: the sandbox could not be set up.
  case notStarted
  /// Nobody knows: its guard or its sandbox was ended from outside.
  case lost
}

/// What a guard says when its command has ended.
struct GuardReport: Hashable, Sendable {
  var termination: Termination
  /// The processor time of all its processes.
  var processorTime: Duration

  /// Reads it.
  /// - Parameter line: as `lab-guard.c` describes it; empty if the guard has said nothing.
  init(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard words.count == 3, let number = Int32(words[1]), let milliseconds = Int64(words[2]) else {
      (termination, processorTime) = (.lost, .zero)
      return
    }
    processorTime = .milliseconds(milliseconds)
    termination =
      switch words[0] {
      case "exited": .exited(number)
      case "signalled": .signalled(number)
      case "memory": .outOfMemory
      case "unstarted": .notStarted
      // An answer in between, and whatever else is no end.
      default: .lost
      }
  }
}
