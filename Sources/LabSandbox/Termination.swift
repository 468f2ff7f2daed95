// SPDX-License-Identifier: Apache-2.0
import Subprocess

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

extension Termination {
  /// Reads a guard's report.
  /// - Parameter report: its line, as `lab-guard.c` lists them; empty if there was none.
  init(report: String) {
    let words = report.split(whereSeparator: \.isWhitespace)
    let number = words.count == 2 ? Int32(words[1]) : nil
    switch (words.first, number) {
    case ("exited", let status?): self = .exited(status)
    case ("signalled", let signal?): self = .signalled(signal)
    case ("memory", nil): self = .outOfMemory
    case ("unstarted", nil): self = .notStarted
    default: self = .lost
    }
  }
}
