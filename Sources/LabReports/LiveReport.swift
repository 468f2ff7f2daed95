// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders a run as it goes: lines that stay, and on a terminal one line below them that is drawn over until the next event.
///
/// It decides what to write and writes nothing; call ``tick(at:)`` about ten times a second.
public struct LiveReport: Sendable {
  private static let spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  private static let eraseLine = "\r\u{1b}[K"

  /// Renders the lines that stay; its style may change when the terminal's width does.
  public var report: TerminalReport
  private var activity: String?
  private var activitySince: UInt64 = 0
  private var frame = 0
  private var isDrawn = false

  /// - Parameter report: renders the lines that stay.
  public init(report: TerminalReport) {
    self.report = report
  }

  /// What to write when something happens.
  /// - Parameters:
  ///   - progress: what happened.
  ///   - now: a monotonic clock in nanoseconds.
  public mutating func handle(_ progress: RunProgress, at now: UInt64) -> String {
    activity = report.activity(for: progress)
    activitySince = now
    return end() + report.lines(for: progress) + draw(at: now)
  }

  /// What to write when time has passed.
  /// - Parameter now: a monotonic clock in nanoseconds.
  public mutating func tick(at now: UInt64) -> String {
    frame = (frame + 1) % Self.spinner.count
    return draw(at: now)
  }

  /// What to write to take the live line away, before other text or at the end.
  public mutating func end() -> String {
    defer { isDrawn = false }
    return isDrawn ? Self.eraseLine : ""
  }

  private mutating func draw(at now: UInt64) -> String {
    guard report.style.live, let activity else { return "" }
    let elapsed = "  " + Quantity.duration(seconds: Double(now > activitySince ? now - activitySince : 0) / 1e9)
    // The last column stays free: some terminals go to the next line once it is filled.
    let room = (report.style.width ?? 80) - 1 - 2 - elapsed.columns
    isDrawn = true
    let text = "\(Self.spinner[frame]) \(activity.truncated(to: room))"
    return Self.eraseLine + text + report.style.paint(elapsed, .faint)
  }
}
