// SPDX-License-Identifier: Apache-2.0

/// Renders how a grading goes on, on a terminal, in a line that is drawn over.
///
/// It decides what to write and writes nothing; call ``tick()`` about ten times a second.
public struct GradingLive: Sendable {
  /// Where the line goes.
  public var style: TerminalStyle
  private let total: Int
  private var done: Int
  private var running = 0
  private var limit: Int
  private var times: [Double] = []
  private var line = LiveLine()

  /// - Parameters:
  ///   - total: how many submissions there are.
  ///   - done: how many of them have their result already.
  ///   - limit: how many run at a time.
  ///   - style: where the line goes.
  public init(total: Int, done: Int, limit: Int, style: TerminalStyle) {
    self.total = total
    self.done = done
    self.limit = limit
    self.style = style
  }

  /// How many have their result.
  public var count: Int { done }

  /// A run has begun.
  public mutating func started() { running += 1 }

  /// A run has ended that is repeated later.
  public mutating func retrying() { running -= 1 }

  /// A submission has its result.
  /// - Parameter seconds: how long its run took.
  public mutating func graded(seconds: Double) {
    running -= 1
    done += 1
    times.append(seconds)
  }

  /// Another number of submissions runs at a time.
  public mutating func limited(to limit: Int) { self.limit = limit }

  /// What to write when time has passed.
  public mutating func tick() -> Printout {
    line.advance()
    return draw()
  }

  /// What to write for lines that stay, with the one that is drawn over below them.
  public mutating func write(_ lines: Printout) -> Printout { line.erase() + lines + draw() }

  /// What to write to take the line away at the end.
  public mutating func end() -> Printout { line.erase() }

  /// How many seconds it will take until all have their result, if the runs to come take as long as those so far did.
  var remaining: Double? {
    guard !times.isEmpty, total > done else { return nil }
    let sorted = times.sorted()
    let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    return median * Double(total - done) / Double(max(1, min(limit, total - done)))
  }

  private mutating func draw() -> Printout {
    let rest = remaining.map { "about \(Quantity.estimate(seconds: $0)) left" } ?? ""
    return line.draw("\(done) of \(total) graded, \(running) running", note: rest, style: style)
  }
}
