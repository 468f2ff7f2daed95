// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork

/// Makes the diagram of a check: the connections that began while it ran, to their ends, and what the lab did meanwhile.
struct ChartBuilder {
  /// How many rows a diagram has at the most, about.
  static let rowLimit = 48
  /// How many lifelines it has beside the device's.
  static let peerLimit = 4
  /// From how long on a time without segments is shown as one.
  private static let longTime: UInt64 = 200_000_000

  /// How long behind the end of a check its connections are followed, in nanoseconds.
  private static let afterglow: UInt64 = 1_000_000_000

  private let transcript: RunTranscript?
  private let byCheck: [String?: [SegmentTimeline.Entry]]

  init(_ timeline: SegmentTimeline, transcript: RunTranscript?) {
    self.transcript = transcript
    var homes: [Int: String?] = [:]
    var byCheck: [String?: [SegmentTimeline.Entry]] = [:]
    for entry in timeline.entries {
      let home: String?
      if let known = homes[entry.event.connection] {
        home = known
      } else {
        home = entry.position.flatMap { transcript?.entries[$0].check }
        homes[entry.event.connection] = home
      }
      byCheck[home, default: []].append(entry)
    }
    self.byCheck = byCheck
  }

  /// The diagram of a check.
  /// - Parameter check: its result; nil for all segments that belong to none.
  func chart(of check: CheckResult?) -> SequenceChart {
    var chart = SequenceChart()
    var peers = PeerNames(transcript, in: check?.id)
    let evidence = Set(check?.evidence.map(\.line) ?? [])
    var rows: [(position: Int, row: SequenceChart.Row)] = []
    let end = transcript?.entries.last { $0.line.check != nil && $0.line.check == check?.id }?.line.nanoseconds
    for entry in byCheck[check?.id] ?? [] {
      // What a connection still sends long after its check tells nothing about that.
      if let end, entry.time > end &+ Self.afterglow { continue }
      let peer = peers.place(of: entry)
      let line = entry.hasLine ? entry.position.flatMap { transcript?.entries[$0].line.number } : nil
      var message = SequenceChart.Message(entry, peer: peer.place, prefix: peer.prefix, line: line)
      if let line, let position = entry.position {
        message.isEvidence = evidence.contains(line)
        message.isLost = transcript?.entries[position].line.tellsLoss ?? false
      }
      rows.append((entry.position ?? 0, .message(message, at: entry.time)))
    }
    chart.peers = peers.titles
    rows += notes(of: check)
    if check?.status == .fail, let (position, time) = failure(of: check) {
      // Behind what it rests on.
      rows.append((position, .failure(at: time)))
    }
    let sorted = rows.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
    chart.leavesOutBare = sorted.count > Self.rowLimit && sorted.contains { isBare($0.element.row) }
    let telling = sorted.map(\.element.row).filter { !chart.leavesOutBare || !isBare($0) }
    chart.rows = withGaps(shorten(telling))
    return chart
  }

  /// What the lab did while a check ran, but for the notes of its beginning and end.
  private func notes(of check: CheckResult?) -> [(Int, SequenceChart.Row)] {
    guard let id = check?.id, let transcript else { return [] }
    return transcript.entries.enumerated().compactMap { index, entry in
      guard entry.check == id, !entry.isHidden, entry.line.source == "lab", entry.line.check != id else { return nil }
      let text =
        entry.line.text.hasPrefix("check \(id) failed on") ? "again, on a device just started" : String(entry.line.text)
      return (index, .note(text, at: entry.line.nanoseconds))
    }
  }

  /// Where and when a check failed: at the last line that shows it, else where the lab noted it.
  private func failure(of check: CheckResult?) -> (Int, UInt64)? {
    guard let check else { return nil }
    guard let transcript else { return (.max, check.evidence.last?.entry.time ?? 0) }
    let last =
      check.evidence.map(\.line).max().flatMap { line in transcript.entries.lastIndex { $0.line.number == line } }
      ?? transcript.entries.lastIndex { $0.line.check == check.id }
    return last.map { ($0, transcript.entries[$0].line.nanoseconds) }
  }

  /// Leaves out what is in the middle, where there is too much; what is around the failure stays.
  private func shorten(_ rows: [SequenceChart.Row]) -> [SequenceChart.Row] {
    guard rows.count > Self.rowLimit else { return rows }
    let failure = rows.firstIndex { if case .failure = $0 { true } else { false } }
    let end = failure.map { min(rows.count, $0 + Self.rowLimit / 8) } ?? rows.count
    let head = Self.rowLimit / 3
    let begin = max(head, end - (Self.rowLimit - head))
    let tail = begin..<max(begin, end)
    var result = Array(rows[..<head])
    if tail.lowerBound > head { result.append(.omitted(tail.lowerBound - head)) }
    result += rows[tail]
    if tail.upperBound < rows.count { result.append(.omitted(rows.count - tail.upperBound)) }
    return result
  }

  private func isBare(_ row: SequenceChart.Row) -> Bool {
    if case .message(let message, _) = row { message.kind == .bare && !message.isEvidence } else { false }
  }

  private func withGaps(_ rows: [SequenceChart.Row]) -> [SequenceChart.Row] {
    var result: [SequenceChart.Row] = []
    var last: UInt64?
    for row in rows {
      switch row {
      case .message(_, let time), .note(_, let time), .failure(let time):
        if let last, time > last, time - last >= Self.longTime { result.append(.gap(time - last)) }
        last = time
      case .gap, .omitted: last = nil
      }
      result.append(row)
    }
    return result
  }
}

extension TranscriptLine {
  /// Whether it says of a segment that it did not arrive. One that the network refused did: it was answered.
  fileprivate var tellsLoss: Bool { text.hasSuffix(" (lost)") || text.hasSuffix(" (leads nowhere)") }
}
