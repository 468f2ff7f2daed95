// SPDX-License-Identifier: Apache-2.0
import LabFirmware
import LabModel

/// The panics that a device reported, and the transcript lines on which each began and ended.
struct PanicLog {
  /// A device may panic without end: the first ones tell.
  private static let limit = 50

  private var parser = PanicParser()
  private var reports: [(line: Int, report: PanicReport)] = []

  /// Takes up a line that the device printed.
  mutating func note(line: Evidence) {
    guard reports.count < Self.limit, let report = parser.parse(line.entry.text) else { return }
    reports.append((line.line, report))
  }

  /// The first report that was complete on a transcript line or after it, an unfinished one included.
  func first(from line: Int) -> PanicReport? {
    if let found = reports.first(where: { $0.line >= line }) { return found.report }
    var unfinished = parser
    return unfinished.finish()
  }
}
