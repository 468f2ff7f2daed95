// SPDX-License-Identifier: Apache-2.0

/// Renders how far a proof is: on a terminal in a line that is drawn over, elsewhere in a line for every fifty mutants.
///
/// It decides what to write and writes nothing.
public struct ProofLive: Sendable {
  private static let interval = 50

  private let style: TerminalStyle
  private var what = ""
  private var total = 0
  private var done = 0
  private var line = LiveLine()

  /// - Parameter style: where the lines go.
  public init(style: TerminalStyle) {
    self.style = style
  }

  /// What to write when the next part begins.
  /// - Parameters:
  ///   - what: what is done with each of them, as in "12 of 300 built".
  ///   - total: how many there are.
  ///   - done: how many are done already.
  public mutating func begin(_ what: String, total: Int, done: Int) -> Printout {
    (self.what, self.total, self.done) = (what, total, done)
    return draw()
  }

  /// What to write when one more is done.
  public mutating func step() -> Printout {
    done += 1
    if style.live { return draw() }
    return done % Self.interval == 0 ? "\(done) of \(total) \(what)\n" : ""
  }

  /// What to write for a line that stays.
  public mutating func note(_ text: Printout) -> Printout { line.erase() + "\(text)\n" }

  /// What to write to take the line away at the end.
  public mutating func end() -> Printout { line.erase() }

  private mutating func draw() -> Printout {
    line.advance()
    return line.draw("\(done) of \(total) \(what)", note: "", style: style)
  }
}
