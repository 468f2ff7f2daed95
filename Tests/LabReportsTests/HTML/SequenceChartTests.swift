// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabNetwork
import LabScenario
import Testing

@testable import LabReports

@Suite struct SequenceChartTests {
  /// The transcript of a check with the segments of a capture.
  private static func transcript(_ capture: [UInt8], lagging: UInt64 = 0, isOver: Bool = true) -> [String] {
    var observer = TCPObserver()
    var last: UInt64 = 0
    var lines = ["   0.000  lab     check get-temp: X"]
    for packet in PcapngReader(capture) {
      guard let direction = packet.direction, let frame = try? Frame(packet.bytes) else { continue }
      last = packet.time + lagging
      for case .segment(let segment) in observer.observe(frame, direction: direction, at: packet.time) {
        lines.append(TranscriptEntry(time: last, source: .wire, text: segment.transcriptText).line)
      }
    }
    let end = TranscriptEntry(time: last, source: .lab, text: "check get-temp: fail")
    return isOver ? lines + [end.line] : lines
  }

  private func charts(
    _ capture: [UInt8], _ lines: [String]?, result: RunResult = Fixture.result(), keepsSecrets: Bool = false
  ) -> ChartBuilder {
    let transcript = lines.map { RunTranscript($0.joined(separator: "\n"), of: result, for: .student) }
    let timeline = SegmentTimeline(capture: capture, transcript: transcript, keepsSecrets: keepsSecrets)
    return ChartBuilder(timeline, transcript: transcript)
  }

  private func labels(_ chart: SequenceChart) -> [String] {
    chart.rows.map { row in
      switch row {
      case .message(let message, _): message.label
      case .note(let text, _): "note \(text)"
      case .gap(let length): "gap \(length / 1_000_000)"
      case .omitted(let count): "omitted \(count)"
      case .failure: "failure"
      }
    }
  }

  private func check(_ evidence: [Int]) -> CheckResult {
    CheckResult(
      Fixture.checks[1], status: .fail,
      evidence: evidence.map { Evidence(line: $0, entry: TranscriptEntry(time: 0, source: .wire, text: "")) })
  }

  @Test func showsAConversationAndWhereTheCheckFails() {
    let capture = SampleCapture.conversation(sending: Array("GET\n".utf8))
    let lines = Self.transcript(capture) + ["   0.500  lab     the lab resets the device"]
    let chart = charts(capture, lines).chart(of: check([6]))
    #expect(chart.peers == ["the lab"])
    #expect(
      labels(chart) == [
        "SYN 50000 → 3333", "SYN-ACK", "ACK", "4 B “GET\\n”", "4 B “GET\\n”", "failure", "FIN", "FIN", "gap 494",
        "note the lab resets the device",
      ])
    guard case .message(let message, let time) = chart.rows[4] else {
      Issue.record("no message")
      return
    }
    #expect(message.isEvidence && message.line == 6 && message.direction == .fromDevice && message.kind == .data)
    #expect(time == 4_000_000)
  }

  @Test func namesWhoConnects() {
    let capture = SampleCapture.conversation(sending: [65])
    var lines = Self.transcript(capture)
    lines.insert("   0.000  alice   connects to port 3333 from port 50000", at: 1)
    #expect(charts(capture, lines).chart(of: check([])).peers == ["alice"])
  }

  @Test func hasTheTimesOfTheTranscript() {
    let capture = SampleCapture.conversation(sending: [65])
    let chart = charts(capture, Self.transcript(capture, lagging: 2_000_000_000)).chart(of: check([]))
    let times = chart.rows.compactMap { if case .message(_, let time) = $0 { time } else { nil } }
    #expect(times == (0...6).map { 2_000_000_000 + $0 * 1_000_000 })
  }

  @Test func keepsWhatBelongsToHiddenChecks() {
    var result = Fixture.result()
    result.checks[1].visibility = .instructor
    var capture = SampleCapture()
    capture.converse(sending: [65], at: 0, peer: 50000)
    let hidden = Self.transcript(capture.bytes, isOver: false)
    capture.converse(sending: [66], at: 1_000_000_000, peer: 50001)
    let all = Self.transcript(capture.bytes, isOver: false)
    let lines = hidden + ["   0.900  lab     check twice: Y"] + all.dropFirst(hidden.count)
    let charts = charts(capture.bytes, lines, result: result, keepsSecrets: true)
    #expect(charts.chart(of: result.checks[1]).isEmpty)
    #expect(labels(charts.chart(of: result.checks[2])).first == "SYN 50001 → 3333")
    #expect(!labels(charts.chart(of: result.checks[2])).contains { $0.contains("50000") })
    // Without a transcript, or with one that ends before, nobody knows what belongs to what.
    #expect(self.charts(capture.bytes, nil, result: result, keepsSecrets: true).chart(of: nil).isEmpty)
    #expect(self.charts(capture.bytes, hidden, result: result, keepsSecrets: true).chart(of: result.checks[2]).isEmpty)
  }

  @Test func aLongOneIsShortenedAroundTheFailure() {
    var capture = SampleCapture()
    for index in 0..<200 {
      capture.converse(sending: [65], at: UInt64(index) * 10_000_000, peer: UInt16(40000 + index))
    }
    let chart = charts(capture.bytes, Self.transcript(capture.bytes)).chart(of: check([700]))
    #expect(chart.rows.count <= ChartBuilder.rowLimit + 4)
    #expect(labels(chart).contains("failure") && !labels(chart).contains("ACK") && chart.leavesOutBare)
    #expect(chart.rows.contains { if case .message(let message, _) = $0 { message.line == 700 } else { false } })
    let omitted = chart.rows.reduce(0) { if case .omitted(let count) = $1 { $0 + count } else { $0 } }
    #expect(omitted > 1000)
  }

  @Test func manyPeersShareALifeline() {
    var capture = SampleCapture()
    var lines: [String] = []
    for index in 0..<20 {
      capture.converse(sending: [65], at: UInt64(index) * 10_000_000, peer: UInt16(40000 + index))
      lines.append("   0.000  p\(index)      connects to port 3333 from port \(40000 + index)")
    }
    let told = Self.transcript(capture.bytes)
    let chart = charts(capture.bytes, told.prefix(1) + lines + told.dropFirst()).chart(of: check([]))
    #expect(chart.peers.count == ChartBuilder.peerLimit)
    #expect(chart.peers.last == "others")
  }

  @Test func showsWhatWasSentAgainAndWhatWasReset() {
    var capture = SampleCapture()
    capture.add(.fromDevice, at: 0, .syn, sequence: 7)
    capture.add(.fromDevice, at: 1_500_000_000, .syn, sequence: 7)
    capture.add(.toDevice, at: 1_600_000_000, [.rst, .ack], sequence: 0, acknowledgement: 8)
    let chart = charts(capture.bytes, nil).chart(of: nil)
    #expect(labels(chart) == ["SYN 3333 → 50000", "gap 1500", "SYN 3333 → 50000 (again)", "RST"])
  }

  @Test func drawsWithinItsSize() {
    let capture = SampleCapture.conversation(sending: Array("<svg onload=x>&\"'\u{0}\u{1b}[2J".utf8))
    let chart = charts(capture, Self.transcript(capture)).chart(of: check([6]))
    let svg = ChartDrawing(chart, title: "</title>", linked: [6]).svg.html
    #expect(svg.isHarmless && !svg.contains("<svg onload") && svg.contains("<title>&lt;/title&gt;</title>"))
    #expect(svg.contains("width=\"358\""))
    #expect(svg.contains("href=\"#L6\"") && !svg.contains("href=\"#L5\""))
  }

  @Test func damagedCapturesAreDrawnAsFarAsTheyGo() {
    let capture = SampleCapture.conversation(sending: [65])
    for length in stride(from: 0, to: capture.count, by: 7) {
      let timeline = SegmentTimeline(capture: Array(capture.prefix(length)), transcript: nil, keepsSecrets: false)
      #expect(timeline.entries.count <= 7)
    }
  }
}
