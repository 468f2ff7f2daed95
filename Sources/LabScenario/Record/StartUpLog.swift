// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// Tells what ESP-IDF logs before it calls `app_main()`: no word of the program's, but the project's name is among it.
struct StartUpLog: Sendable {
  /// The tags of the second-stage bootloader, and those of the start-up code that are left of it once it is over: `main_task` and its like.
  private static let tags: Set<String> = [
    "boot", "boot.esp32", "boot.esp32c3", "boot.esp32s3", "esp_image", "main_task",
  ]
  /// The tags of `esp_system` with which the program's own start-up code begins.
  private static let first: Set<String> = ["app_init", "cpu_start", "heap_init"]

  /// What the boot ROM prints at each start: the reset's reason.
  private static let romsFirst = "rst:0x"

  /// Whether start-up code runs that has its say before it calls `app_main()`. Which tags its parts have changes with ESP-IDF's versions.
  private var isUnderWay = false

  /// Takes up a line.
  /// - Returns: whether start-up code printed it.
  mutating func note(_ line: String) -> Bool {
    if line.hasPrefix(Self.romsFirst) { isUnderWay = false }
    guard let line = LogLine(line) else { return false }
    if Self.first.contains(line.tag) { isUnderWay = true }
    let isStartUp = isUnderWay || Self.tags.contains(line.tag)
    if line.tag == "main_task", line.text.hasPrefix("Calling app_main()") { isUnderWay = false }
    return isStartUp
  }
}
