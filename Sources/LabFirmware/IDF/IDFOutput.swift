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
      let first = line.utf8.first
      if let step = Self.step(line) {
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

  /// What Ninja does, if it says so here: `[12/34] Building …`. By bytes, as there may be half a million lines.
  private static func step(_ line: Substring) -> Substring? {
    guard line.utf8.first == UInt8(ascii: "["), let end = line.utf8.firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    let numbers = line.utf8[..<end].dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let rest = line.utf8[end...].dropFirst()
    guard numbers.count == 2, numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy { 0x30...0x39 ~= $0 } }),
      rest.first == UInt8(ascii: " ")
    else { return nil }
    return Substring(rest.dropFirst())
  }

  private func origin(of step: Substring) -> Origin {
    if step.contains("__idf_main.dir/") || step == "Compiling Swift" || step.contains("esp-idf/main/swift.o") {
      return .program
    }
    // The bootloader's size is looked at as well, by the same script.
    let isSizeCheck = step.contains("check_sizes.py") && !step.contains("bootloader 0x")
    return isSizeCheck || step.contains(project + ".elf") ? .link : .sdk
  }
}
