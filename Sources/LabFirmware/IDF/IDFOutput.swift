// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Takes out of what Ninja printed what is about the student's program.
///
/// Ninja prints `[12/34] Building C object …` for each step, then what the step said; of a step that failed also `FAILED: …` and, on one
/// line, the command.
struct IDFOutput {
  /// What a step is about.
  enum Origin {
    /// Compiling the student's sources.
    case program
    /// Linking the program, or looking whether it fits.
    case link
    /// ESP-IDF's own sources and tools.
    case sdk
  }

  /// The project's name, which the linked program has as well.
  let project: String

  private var origin = Origin.sdk
  private var isCommand = false
  /// How many of the student's sources were compiled.
  private(set) var compiledCount = 0
  /// What failed, if a step did.
  private(set) var failed: Origin?

  init(project: String) {
    self.project = project
  }

  /// - Returns: what the compiler and the linker said of the program.
  mutating func messages(of log: BuildLog) -> BuildLog {
    // Called line by line, in order.
    log.without { line in
      if isCommand {
        isCommand = false
        return true
      }
      // Looking at the first byte spares the patterns for lines that cannot be Ninja's: there may be half a million.
      let first = line.utf8.first
      if first == UInt8(ascii: "["), let step = Self.step.wholeMatch(in: line)?[1] {
        origin = origin(of: step)
        if origin == .program { compiledCount += 1 }
        return true
      }
      if first == UInt8(ascii: "F"), line.hasPrefix("FAILED: ") {
        origin = origin(of: line)
        failed = failed ?? origin
        isCommand = true
        return true
      }
      guard origin != .sdk, first != nil else { return true }
      return line.hasPrefix("ninja: ") || line.hasPrefix("collect2: ") || line.contains(" binary size 0x")
    }
  }

  private static let step = Pattern(#"\[\d+/\d+\] (.*)"#)

  private func origin(of step: Substring) -> Origin {
    if step.contains("__idf_main.dir/") || step == "Compiling Swift" || step.contains("esp-idf/main/swift.o") {
      return .program
    }
    // The bootloader's size is looked at as well, by the same script.
    let isSizeCheck = step.contains("check_sizes.py") && !step.contains("bootloader 0x")
    return isSizeCheck || step.contains(project + ".elf") ? .link : .sdk
  }
}
