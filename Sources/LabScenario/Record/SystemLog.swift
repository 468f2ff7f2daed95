// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// Who printed a line of the device's console.
enum LineOrigin: Sendable {
  /// The program; the boot ROM too, whose lines name nothing of it.
  case program
  /// ESP-IDF, before it calls `app_main()`: no word of the program's, but the project's name is among it.
  case startUp
  /// ESP-IDF's panic handler or task watchdog: no word of the program's, but its tasks' names and the word "error" are among it.
  case complaint
}

/// Tells what ESP-IDF itself prints from what the program does.
struct SystemLog: Sendable {
  /// The tags of the second-stage bootloader.
  private static let bootloader: Set<String> = ["boot", "boot.esp32", "boot.esp32c3", "boot.esp32s3", "esp_image"]
  /// The tags of `esp_system` with which the start-up code begins that a program is linked with.
  private static let first: Set<String> = ["app_init", "cpu_start", "heap_init"]
  /// The tag of the task that calls `app_main()`, and has its say after that as well.
  private static let mainTask = "main_task"

  /// What the boot ROM prints at each start: the reset's reason.
  private static let romsFirst = "rst:0x"

  /// How far the device has come since its last reset. Which tags start-up code has changes with ESP-IDF's versions, and a program may
  /// have the same.
  private enum Stage { case reset, startUp, program }
  private var stage = Stage.reset
  /// Whether the panic handler prints: what it says of registers and memory is like nothing else, and differs each time.
  private var isPanicking = false

  /// Takes up a line.
  /// - Returns: who printed it.
  mutating func note(_ text: String) -> LineOrigin {
    if text.hasPrefix(Self.romsFirst) {
      stage = .reset
      isPanicking = false
    }
    if let mishap = DeviceFacts.mishap(in: text) {
      if mishap == .panic || text.contains(DeviceFacts.interruptWatchdog) { isPanicking = true }
      return .complaint
    }
    guard let line = LogLine(text) else { return isPanicking ? .complaint : .program }
    isPanicking = false
    if line.tag == "task_wdt" { return .complaint }
    if stage == .reset, Self.first.contains(line.tag) { stage = .startUp }
    let isBootloader = stage == .reset && Self.bootloader.contains(line.tag)
    let isStartUp = isBootloader || stage == .startUp || line.tag == Self.mainTask
    if line.tag == Self.mainTask, line.text.hasPrefix("Calling app_main()") { stage = .program }
    return isStartUp ? .startUp : .program
  }
}
