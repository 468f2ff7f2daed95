// SPDX-License-Identifier: Apache-2.0
import LabNetwork

extension SequenceChart.Message {
  /// How many bytes of a segment are shown.
  private static let snippetLength = 48

  /// What a segment looks like.
  /// - Parameters:
  ///   - entry: the segment.
  ///   - peer: the place of its other end.
  ///   - prefix: what distinguishes its connection from others.
  ///   - line: the number of its line in the transcript.
  init(_ entry: SegmentTimeline.Entry, peer: Int, prefix: String, line: Int?) {
    switch entry.event {
    case .segment(let segment):
      let (label, kind) = Self.label(of: segment)
      self.init(
        peer: peer, direction: segment.direction, label: prefix + label,
        detail:
          "\(segment.source) to \(segment.destination): \(segment.flags), seq \(segment.sequence), ack \(segment.acknowledgement), window \(segment.window), \(segment.payloadLength) bytes",
        kind: kind, isRepeated: segment.retransmission, isLost: false, line: line, isEvidence: false)
    case .stream(let progress, let device, let remote):
      let (from, to) = progress.direction == .fromDevice ? (device, remote) : (remote, device)
      let isBare = progress.bytes == 0
      self.init(
        peer: peer, direction: progress.direction,
        label: prefix + "\(Quantity.count(progress.segments, "segment")), \(progress.bytes) B",
        detail:
          "\(from) to \(to): \(progress.segments) segments up to seq \(progress.sequenceEnd), \(progress.bytes) bytes",
        kind: isBare ? .bare : .data, isRepeated: false, isLost: false, line: line, isEvidence: false)
    }
  }

  private static func label(of segment: TCPSegment) -> (String, Kind) {
    let flags = segment.flags
    var words: [String] = []
    if flags.contains(.syn) {
      words.append(flags.contains(.ack) ? "SYN-ACK" : "SYN \(segment.source.port) → \(segment.destination.port)")
    }
    if flags.contains(.rst) { words.append("RST") }
    if segment.payloadLength > 0 { words.append(snippet(of: segment)) }
    if flags.contains(.fin) { words.append("FIN") }
    if segment.keepAlive { words = ["keep-alive probe"] }
    if words.isEmpty { words = ["ACK"] }
    if segment.retransmission { words.append("(again)") }
    let kind: Kind =
      if flags.contains(.rst) {
        .reset
      } else if flags.contains(.syn) {
        .opening
      } else if flags.contains(.fin) {
        .closing
      } else if segment.payloadLength > 0, !segment.keepAlive {
        .data
      } else {
        .bare
      }
    return (words.joined(separator: " "), kind)
  }

  private static func snippet(of segment: TCPSegment) -> String {
    let length = "\(segment.payloadLength) B"
    guard !segment.payload.isEmpty else { return length }
    let bytes = segment.payload.prefix(snippetLength)
    let text = String(decoding: bytes, as: UTF8.self).displayable
    return "\(length) “\(text)\(bytes.count < segment.payloadLength ? "…" : "")”"
  }
}
