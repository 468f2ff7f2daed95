// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Finds panics and watchdog complaints in what a guest prints, in the formats of ESP-IDF v5 and v6 for RISC-V and Xtensa
/// (`esp_system/panic.c`, `port/arch/*/panic_arch.c`, `port/arch/xtensa/debug_helpers.c`).
///
/// The text is the guest's: it may claim anything. A report says what was printed, not what is so.
public struct PanicParser: Sendable {
  var current: PanicReport?
  /// How many more lines belong to `current` at most.
  private var budget = 0
  /// Whether the stack is being printed.
  private var isInStack = false
  private static let longestReport = 80

  /// Creates a parser that has seen nothing.
  public init() {}

  /// Takes up a line.
  /// - Parameter line: without its end and without colour codes.
  /// - Returns: a report that the line ends.
  public mutating func parse(_ line: String) -> PanicReport? {
    if let kind = Self.kind(of: line) {
      // An assertion ends in abort(), an overflow perhaps in an exception: that is still the same accident.
      if current != nil, Self.isConsequence(kind), !isWatchdog {
        current?.frames += Self.programCounter(in: line)
        return nil
      }
      let finished = finish()
      current = PanicReport(kind: kind, message: line, frames: Self.programCounter(in: line))
      budget = Self.longestReport
      return finished
    }
    guard current != nil else { return nil }
    budget -= 1
    if isInStack {
      let isEnd = !addStack(from: line) && !(line.isEmpty && current?.state.stack.isEmpty == true)
      return isEnd || budget <= 0 ? finish() : nil
    }
    addTask(from: line)
    addRegisters(from: line)
    addBacktrace(from: line)
    addStackOverflow(from: line)
    isInStack = line.hasPrefix("Stack memory:")
    let isEnd = line.hasPrefix("Rebooting...") || line.hasPrefix("ESP-ROM:")
    return isEnd || budget <= 0 ? finish() : nil
  }

  /// Ends the text.
  /// - Returns: a report that is not complete yet.
  public mutating func finish() -> PanicReport? {
    defer { (current, isInStack) = (nil, false) }
    return current
  }

  private var isWatchdog: Bool {
    if case .watchdog = current?.kind { true } else { false }
  }

  private static func isConsequence(_ kind: PanicReport.Kind) -> Bool {
    switch kind {
    case .abort, .exception: true
    default: false
    }
  }

  /// What a line says has happened, if it is the first of a report.
  private static func kind(of line: String) -> PanicReport.Kind? {
    // Most lines are none: expressions are for those that begin like one.
    if line.hasPrefix("Guru Meditation Error:"), let reason = guruMeditation.firstMatch(in: line)?[1] {
      return reason.contains("wdt") ? .watchdog(tasks: []) : .exception(String(reason))
    }
    if line.hasPrefix("abort() was called at PC") { return .abort }
    if line.hasPrefix("assert failed:") {
      return .assertion(String(line.dropFirst("assert failed:".count).drop(while: \.isWhitespace)))
    }
    if line.hasPrefix("ESP_ERROR_CHECK failed:") {
      return .assertion(String(line.dropFirst("ESP_ERROR_CHECK failed:".count).drop(while: \.isWhitespace)))
    }
    if line.hasPrefix("***ERROR***"), let task = stackOverflow.firstMatch(in: line)?[1] {
      return .stackOverflow(task: String(task))
    }
    if line.hasPrefix("Stack smashing protect failure!") { return .stackOverflow(task: "") }
    if line.contains("task_wdt: Task watchdog got triggered") { return .watchdog(tasks: []) }
    return nil
  }

  private static let guruMeditation = Pattern(#"^Guru Meditation Error: Core\s+\d+ panic'ed \(([^)]*)\)"#)
  private static let stackOverflow = Pattern(
    #"^\*\*\*ERROR\*\*\* A stack overflow in task (.*) has been detected"#)

  /// The task watchdog lists the tasks that were starved, then those that ran. A core that ran its idle task starved nobody.
  private mutating func addTask(from line: String) {
    guard case .watchdog(let tasks) = current?.kind, tasks.count < 16,
      let task = Self.starvedTask.firstMatch(in: line)?[1], !task.hasPrefix("IDLE")
    else { return }
    current?.kind = .watchdog(tasks: tasks + [String(task)])
  }

  private static let starvedTask = Pattern(#"task_wdt: CPU \d+: (.*)$"#)

  /// The address that the first line of a report ends in: of the call, as abort() reckons it, or to return to, as ESP_ERROR_CHECK tells it.
  private static func programCounter(in line: String) -> [PanicReport.Frame] {
    guard let match = place.firstMatch(in: line), let address = match[2].flatMap({ UInt32($0, radix: 16) }) else {
      return []
    }
    return [PanicReport.Frame(role: match[1] == nil ? "return" : "PC", address: address)]
  }

  private static let place = Pattern(#"\bat (PC )?0x([0-9a-fA-F]{8})\b"#)
}
