// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// Who printed a line of the device's console.
enum LineOrigin: Sendable {
  /// The program.
  case program
  /// ESP-IDF, before it calls `app_main()`: no word of the program's, but the project's name is among it.
  case startUp
  /// ESP-IDF's panic handler or task watchdog: no word of the program's, but its tasks' names and the word "error" are among it.
  case complaint
}

/// Tells what ESP-IDF itself prints from what the program does.
struct SystemLog: Sendable {
  /// The tags of the second-stage bootloader, and those of the start-up code that are left of it once it is over: `main_task` and its like.
  private static let startUp: Set<String> = [
    "boot", "boot.esp32", "boot.esp32c3", "boot.esp32s3", "esp_image", "main_task",
  ]
  /// The tags of `esp_system` with which the program's own start-up code begins.
  private static let first: Set<String> = ["app_init", "cpu_start", "heap_init"]

  /// What the boot ROM prints at each start: the reset's reason.
  private static let romsFirst = "rst:0x"

  /// Whether start-up code runs that has its say before it calls `app_main()`. Which tags its parts have changes with ESP-IDF's versions.
  private var isStartUpUnderWay = false

  /// Takes up a line.
  /// - Returns: who printed it.
  mutating func note(_ text: String) -> LineOrigin {
    if text.hasPrefix(Self.romsFirst) { isStartUpUnderWay = false }
    if DeviceFacts.mishap(in: text) != nil { return .complaint }
    guard let line = LogLine(text) else { return .program }
    if line.tag == "task_wdt" { return .complaint }
    if Self.first.contains(line.tag) { isStartUpUnderWay = true }
    let isStartUp = isStartUpUnderWay || Self.startUp.contains(line.tag)
    if line.tag == "main_task", line.text.hasPrefix("Calling app_main()") { isStartUpUnderWay = false }
    return isStartUp ? .startUp : .program
  }
}
