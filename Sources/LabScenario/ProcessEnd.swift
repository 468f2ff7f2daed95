// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabModel
import LabSandbox

/// What it means that a process of a run has ended which was not asked to.
enum ProcessEnd {
  /// The signals by which the kernel ends a program for what it has done itself. A bad page of a file (SIGBUS) is not among them: that is a
  /// fault of the host's.
  private static let faults: Set<Int32> = [SIGSEGV, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS]

  /// The end of the network process.
  /// - Parameter lastWords: what it said last, as the end of a sentence.
  static func ofNetwork(_ termination: Termination, lastWords: String) -> LabError {
    switch termination {
    case .signalled(let signal) where faults.contains(signal):
      crash("network", "the network process crashed (signal \(signal)) on what the device sent")
    case .signalled(let signal):
      ended("network", "the network process was killed during the run (signal \(signal))\(lastWords)")
    case .outOfMemory: crash("network", "the network process ran out of memory on what the device sent")
    case .exited, .timedOut, .notStarted:
      ended("network", "the network process ended during the run\(lastWords)")
    case .lost: ended("network", "the network process was killed during the run\(lastWords)")
    }
  }

  /// The end of the emulator.
  static func ofEmulator(_ exit: EmulatorExit) -> LabError {
    if case .killed(let signal, _) = exit, faults.contains(signal) {
      return crash("emulator", "the emulator crashed (signal \(signal)) on what the program did")
    }
    if exit == .outOfMemory { return crash("emulator", "the emulator ran out of memory on what the program did") }
    return ended("emulator", "the emulator ended during the run: \(exit.summary)")
  }

  /// The device's clock hardly gets on although the emulator has the processor.
  static let slow = crash(
    "emulator-clock",
    "the device's clock hardly moved although the emulator had the processor: the program does again and again what takes the emulator very long"
  )

  private static func crash(_ name: String, _ message: String) -> LabError {
    LabError(code: name + LabError.crashSuffix, message: message, remedy: "Run it again.")
  }

  private static func ended(_ name: String, _ message: String) -> LabError {
    LabError(code: "\(name).ended", message: message, remedy: "Run it again when the machine is less busy.")
  }
}

extension LabError {
  fileprivate static let crashSuffix = ".crashed"

  /// Whether a process of the run failed by itself: it ended, or did not get on with a processor of its own. A program may bring that about, and then does so again.
  public var isCrash: Bool { code.hasSuffix(Self.crashSuffix) }
}
