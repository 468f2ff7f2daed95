// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a run has shown of the device itself.
struct DeviceFacts: Sendable {
  /// A line of its console.
  struct Line: Sendable {
    var evidence: Evidence
    var origin: LineOrigin
    /// Guest time in nanoseconds when its first byte came.
    var began: UInt64
    /// When its end came, by the host's clock in nanoseconds.
    var host: UInt64
  }

  /// The address that the device took by DHCP since it last started.
  var address: Evidence?
  /// What went wrong, in the order in which it did.
  private(set) var mishaps: [DeviceMishap] = []
  /// How often the device started again by itself.
  var reboots = 0
  /// How often its interrupt watchdog has bitten, and the last line that says so.
  private(set) var bites: (count: Int, last: Evidence?) = (0, nil)
  /// Whether it has printed anything since it last started.
  var printed = false
  /// How many lines it has printed in the whole run.
  private(set) var lines = 0
  /// The last lines that it printed.
  private(set) var lastLines: [Line] = []
  private var system = SystemLog()

  /// Takes up a mishap. A device that prints panics without end must not fill the lab's memory: the first thousand count.
  mutating func note(_ kind: CheckDefinition.Mishap, _ evidence: Evidence) {
    let mishap = DeviceMishap(kind: kind, evidence: evidence)
    if mishap.isInterruptWatchdog { bites = (bites.count + 1, evidence) }
    if mishaps.count < 1000 { mishaps.append(mishap) }
  }

  /// Forgets what went wrong after the first so many mishaps.
  mutating func forgetMishaps(after count: Int) {
    let forgotten = mishaps.dropFirst(count)
    reboots -= forgotten.count { $0.kind == .reboot }
    mishaps.removeLast(forgotten.count)
  }

  mutating func note(line: Evidence, began: UInt64, host: UInt64) {
    printed = true
    lines += 1
    lastLines.append(Line(evidence: line, origin: system.note(line.entry.text), began: began, host: host))
    if lastLines.count > 2 * Self.kept { lastLines.removeFirst(lastLines.count - Self.kept) }
  }

  /// The lines printed after the first so many, as far as they are kept.
  func lines(after first: Int) -> ArraySlice<Line> {
    lastLines.suffix(max(0, lines - first))
  }

  private static let kept = 1000

  /// What ESP-IDF's panic handler says of the interrupt watchdog.
  static let interruptWatchdog = "Interrupt wdt timeout"

  /// The mishap that a line of ESP-IDF's panic handler or watchdog announces.
  static func mishap(in line: String) -> CheckDefinition.Mishap? {
    // Nearly all lines announce none.
    guard !line.isEmpty, announcement.isFound(in: line) else { return nil }
    if line.contains(interruptWatchdog) { return .watchdog }
    if panics.contains(where: line.contains) { return .panic }
    if line.contains("task_wdt: Task watchdog got triggered") { return .watchdog }
    return nil
  }

  private static let panics = [
    "Guru Meditation Error:", "abort() was called at PC", "assert failed: ", "***ERROR*** A stack overflow",
    "should not return, Aborting now!",
  ]
  private static let announcement = Pattern(
    #"Interrupt wdt timeout|Guru Med|abort\(\) was|assert fai|\*\*\*ERROR|should not re|task_wdt: Task"#)
}
