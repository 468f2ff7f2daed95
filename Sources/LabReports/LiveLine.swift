// SPDX-License-Identifier: Apache-2.0

/// The last line on a terminal, which is drawn over as something goes on. It decides what to write and writes nothing.
struct LiveLine: Sendable {
  private static let spinner: [Printout] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
  private static let eraseLine = Printout(code: "\r\u{1b}[K")

  private var frame = 0
  private var isDrawn = false

  /// Moves the sign that shows that something goes on.
  mutating func advance() { frame = (frame + 1) % Self.spinner.count }

  /// What to write to have the line say something.
  /// - Parameters:
  ///   - text: what goes on; cut off where the line ends.
  ///   - note: what stands behind it, whole.
  mutating func draw(_ text: Printout, note: String, style: TerminalStyle) -> Printout {
    guard style.live else { return "" }
    let note = note.isEmpty ? "" : "  " + note
    // The last column stays free: some terminals go to the next line once it is filled.
    let room = (style.width ?? 80) - 1 - 2 - note.columns
    isDrawn = true
    return "\(Self.eraseLine)\(Self.spinner[frame]) \(text.truncated(to: room))\(style.paint("\(note)", .faint))"
  }

  /// What to write to take the line away, before other text or at the end.
  mutating func erase() -> Printout {
    defer { isDrawn = false }
    return isDrawn ? Self.eraseLine : ""
  }
}
