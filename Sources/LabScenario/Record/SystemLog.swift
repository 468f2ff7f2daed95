// SPDX-License-Identifier: Apache-2.0
import LabEmulator

/// Who printed a line of the device's console.
enum LineOrigin: Sendable {
  /// The program; the boot ROM too, whose lines name nothing of it.
  case program
  /// ESP-IDF itself, before it calls `app_main()` or when it joins the network: no word of the program's, but the project's name and numbers are among it.
  case system
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

  /// The tags under which ESP-IDF tells that it joins the network, and how its lines begin: a program may have the same tag.
  private static let network: [String: [String]] = [
    "wifi": [
      "mode : ", "connected with ", "wifi driver task", "wifi firmware version", "wifi certification", "config NVS",
      "Init ", "new:<", "state: ", "security: ", "pm start", "dp: ", "AP's beacon", "<ba-add>", "set rx", "tx ba",
    ],
    "wifi_sta": ["got ip:"], "esp_netif_handlers": ["sta ip: ", "eth ip: "], "phy_init": ["phy_version"],
    "pp": ["pp rom version"], "net80211": ["net80211 rom version"],
    "wifi_init": [
      "rx ba win", "accept mbox", "tcpip mbox", "udp mbox", "tcp mbox", "tcp tx win", "tcp rx win", "tcp mss",
    ],
  ]

  /// What the boot ROM prints at each start: the reset's reason.
  private static let romsFirst = "rst:0x"

  /// How the boot ROM's lines begin, the lab's own ROM's first one among them.
  private static let rom = [
    "ESP-ROM:", "LAB-ROM:", "Build:", romsFirst, "Saved PC:", "SPIWP:", "mode:", "load:0x", "entry 0x",
    "invalid header: 0x",
  ]

  /// Whether a line is the boot ROM's, which has numbers of its own.
  static func isOfROM(_ text: String) -> Bool { rom.contains(where: text.hasPrefix) }

  /// How far the device has come since its last reset. Which tags start-up code has changes with ESP-IDF's versions, and a program may
  /// have the same.
  private enum Stage { case reset, startUp, program }
  private var stage = Stage.reset
  /// Whether the panic handler prints: what it says of registers and memory is like nothing else, and differs each time.
  private var isPanicking = false

  /// Takes up a line.
  /// - Returns: who printed it.
  mutating func note(_ text: String) -> LineOrigin {
    if text.isEmpty { return isPanicking ? .complaint : .program }
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
    let isNetwork = Self.network[line.tag]?.contains(where: line.text.hasPrefix) ?? false
    return isStartUp || isNetwork ? .system : .program
  }
}
