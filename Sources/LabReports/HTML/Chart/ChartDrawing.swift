// SPDX-License-Identifier: Apache-2.0
import LabNetwork

/// Draws a sequence diagram as SVG within HTML. Colours come from the page's style sheet; sizes are CSS pixels.
struct ChartDrawing {
  private static let deviceX = 66
  private static let right = 30
  private static let top = 34
  /// One peer fits a phone.
  private var step: Int { chart.peers.count == 1 ? 262 : 236 }
  private var width: Int { Self.deviceX + step * max(1, chart.peers.count) + Self.right }

  private let chart: SequenceChart
  private let title: String
  private let linked: Set<Int>

  /// - Parameters:
  ///   - chart: the diagram.
  ///   - title: what it is called for those who cannot see it.
  ///   - linked: the lines of the transcript that the page has.
  init(_ chart: SequenceChart, title: String, linked: Set<Int>) {
    self.chart = chart
    self.linked = linked
    self.title = title
  }

  /// The whole element.
  var svg: Markup {
    var y = Self.top
    var rows: [Markup] = []
    for row in chart.rows {
      rows.append(draw(row, at: y))
      y += height(of: row)
    }
    let height = y + 10
    let lifelines =
      [lifeline("device", x: Self.deviceX, to: height)]
      + chart.peers.enumerated().map { lifeline($1, x: x(of: $0), to: height) }
    return """
      <svg class="chart" role="img" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" xmlns="http://www.w3.org/2000/svg">
      <title>\(title)</title>
      \(lifelines)\(rows)</svg>
      """
  }

  private func x(of peer: Int) -> Int { Self.deviceX + step * (peer + 1) }

  private func height(of row: SequenceChart.Row) -> Int {
    switch row {
    case .message: 32
    case .note, .omitted: 26
    case .gap: 24
    case .failure: 30
    }
  }

  private func lifeline(_ name: String, x: Int, to height: Int) -> Markup {
    // The text above the rightmost one would leave the drawing.
    let name = name.displayable.truncated(to: 22)
    let isLast = x + Self.right == width
    let place = isLast ? width - 2 : x
    let anchor: Markup = isLast ? "end" : x == Self.deviceX ? "start" : "middle"
    return """
      <text class="name" x="\(x == Self.deviceX ? x - 24 : place)" y="14" text-anchor="\(anchor)">\(name)</text>\
      <line class="life" x1="\(x)" y1="20" x2="\(x)" y2="\(height)"/>

      """
  }

  private func draw(_ row: SequenceChart.Row, at y: Int) -> Markup {
    switch row {
    case .message(let message, let time): return draw(message, time, at: y)
    case .note(let text, let time):
      let fitting = text.displayable.truncated(to: (width - Self.deviceX - 20) / 6)
      return """
        \(clock(time, at: y + 16))<text class="note" x="\(Self.deviceX + 12)" y="\(y + 16)">\(fitting)</text>

        """
    case .gap(let length):
      return """
        <text class="gap" x="\(Self.deviceX + 12)" y="\(y + 15)">⋮ \(Quantity.duration(nanoseconds: length)) without a segment</text>

        """
    case .omitted(let count):
      return """
        <text class="gap" x="\(Self.deviceX + 12)" y="\(y + 16)">⋮ \(Quantity.count(count, "row")) left out</text>

        """
    case .failure(let time):
      return """
        <g class="failure">\(clock(time, at: y + 17))<line x1="\(Self.deviceX - 12)" y1="\(y + 22)" x2="\(width - 4)" y2="\(y + 22)"/>\
        <text x="\(Self.deviceX + 12)" y="\(y + 16)">✗ the check fails on this</text></g>

        """
    }
  }

  private func draw(_ message: SequenceChart.Message, _ time: UInt64, at y: Int) -> Markup {
    let line = y + 24
    let (from, whole) =
      message.direction == .fromDevice ? (Self.deviceX, x(of: message.peer)) : (x(of: message.peer), Self.deviceX)
    let to = message.isLost ? (from + whole) / 2 : whole
    let back = to > from ? -8 : 8
    let head: Markup =
      message.isLost
      ? "<path class=\"lost\" d=\"M\(to - 5) \(line - 5)l10 10m0 -10l-10 10\"/>"
      : "<path class=\"head\" d=\"M\(to) \(line)l\(back) -4v8z\"/>"
    let label = message.label.displayable.truncated(to: (step - 20) * 10 / 66)
    let classes: Markup =
      "m \(message.kind.rawValue)\(message.isRepeated ? " again" : "")\(message.isEvidence ? " evidence" : "")"
    let detail = message.line.map { "\(message.detail); line \($0) of the transcript" } ?? message.detail
    let arrow: Markup = """
      <g class="\(classes)"><title>\(detail)</title>\(clock(time, at: line + 3))\
      <line x1="\(from)" y1="\(line)" x2="\(to)" y2="\(line)"/>\(head)\
      <text x="\((from + whole) / 2)" y="\(line - 6)" text-anchor="middle">\(label)</text></g>
      """
    guard let number = message.line, linked.contains(number) else { return "\(arrow)\n" }
    return "<a href=\"#L\(number)\">\(arrow)</a>\n"
  }

  private func clock(_ time: UInt64, at y: Int) -> Markup {
    "<text class=\"time\" x=\"46\" y=\"\(y)\" text-anchor=\"end\">\(Quantity.clock(nanoseconds: time))</text>"
  }
}
