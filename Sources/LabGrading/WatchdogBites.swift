// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel

/// Tells a program that blocks interrupts from an emulator on which the interrupt watchdog bites by chance.
///
/// A program blocks interrupts whenever it does the same thing, and the panic names the place. So a check in which the watchdog bit runs
/// again on a fresh device, and its attempt counts only when it bites each time.
struct WatchdogBites {
  /// How much guest time went by in attempts that do not count, in nanoseconds.
  var lostTime: UInt64 = 0

  private var check = ""
  /// For each bite in that check: whether the panic names a place in the program.
  private var bites: [Bool] = []
  /// Whether the program has been shown to block interrupts: then each bite is its own.
  private var isProven = false

  /// Where ESP-IDF's kernel waits for an interrupt or lets one in: a panic there says that none came, whoever called.
  private static let waiting: Set = [
    "vPortYield", "vPortExitCritical", "vPortEnterCritical", "esp_crosscore_int_send", "_interrupt_handler",
    "vListInsert", "prvIdleTask", "esp_vApplicationIdleHook", "esp_cpu_wait_for_intr",
  ]

  /// Whether a panic shows a program that kept interrupts off: it names a place in the program, and what ran does not wait for interrupts.
  static func pointsAtProgram(_ report: PanicReport?) -> Bool {
    guard let report, report.place != nil else { return false }
    return report.frames.first?.function.map { !waiting.contains($0) } ?? true
  }

  /// How often it has to bite in one check.
  private static let limit = 3

  /// Takes up a bite.
  /// - Parameters:
  ///   - check: the check in which it was.
  ///   - pointsAtProgram: whether the panic names a place in the student's program.
  /// - Returns: whether it is the program's, and counts; else the check is to run again.
  /// - Throws: `LabError` if it bites each time and nothing points at the program.
  mutating func counts(of check: String, pointsAtProgram: Bool) throws -> Bool {
    if isProven { return true }
    if check != self.check { (self.check, bites) = (check, []) }
    bites.append(pointsAtProgram)
    guard bites.count >= Self.limit else { return false }
    guard bites.allSatisfy(\.self) else {
      throw LabError(
        code: "emulator.watchdog",
        message: "the interrupt watchdog bit again and again, and nothing shows that the program is at fault: "
          + "Espressif's emulator may lose interrupts, or the host was too busy",
        remedy: "run it again when the machine is less busy, or with --sdk bundled --emulator bundled")
    }
    isProven = true
    return true
  }
}
