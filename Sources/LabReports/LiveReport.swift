// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders a run as it goes: lines that stay, and on a terminal one line below them that is drawn over until the next event.
///
/// It decides what to write and writes nothing; call ``tick(at:)`` about ten times a second.
public struct LiveReport: Sendable {
  /// Renders the lines that stay; its style may change when the terminal's width does.
  public var report: TerminalReport
  private var activity: Printout?
  private var activitySince: UInt64 = 0
  private var line = LiveLine()

  /// - Parameter report: renders the lines that stay.
  public init(report: TerminalReport) {
    self.report = report
  }

  /// What to write when something happens.
  /// - Parameters:
  ///   - progress: what happened.
  ///   - now: a monotonic clock in nanoseconds.
  public mutating func handle(_ progress: RunProgress, at now: UInt64) -> Printout {
    activity = report.activity(for: progress)
    activitySince = now
    return end() + report.lines(for: progress) + draw(at: now)
  }

  /// What to write when time has passed.
  /// - Parameter now: a monotonic clock in nanoseconds.
  public mutating func tick(at now: UInt64) -> Printout {
    line.advance()
    return draw(at: now)
  }

  /// What to write to take the live line away, before other text or at the end.
  public mutating func end() -> Printout { line.erase() }

  private mutating func draw(at now: UInt64) -> Printout {
    guard let activity else { return "" }
    let elapsed = Quantity.duration(seconds: Double(now > activitySince ? now - activitySince : 0) / 1e9)
    return line.draw(activity, note: elapsed, style: report.style)
  }
}
