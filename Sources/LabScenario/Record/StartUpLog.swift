// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// What ESP-IDF logs before it calls `app_main()`: no word of the program's, but the project's name is among it.
enum StartUpLog {
  /// The tags of ESP-IDF's start-up code: second-stage bootloader, `esp_system`, `esp_app_format`, `heap`, `spi_flash`, `main_task`.
  private static let tags: Set<String> = [
    "app_init", "boot", "boot.esp32", "boot.esp32c3", "boot.esp32s3", "cpu_start", "efuse_init", "esp_image",
    "heap_init", "main_task", "sleep", "spi_flash",
  ]

  /// Whether start-up code printed the line.
  static func contains(_ line: String) -> Bool {
    LogLine(line).map { tags.contains($0.tag) } ?? false
  }
}
