// SPDX-License-Identifier: Apache-2.0

/// The transcript on a page: each line with its number, its time and where it comes from; what the device printed looks like nothing
/// that the lab says.
struct TranscriptSection: PagePart {
  /// How many lines around evidence are printed on paper.
  private static let nearby = 8

  private let transcript: RunTranscript
  private let excerpt: TranscriptExcerpt
  private let evidence: Set<Int>

  /// - Parameters:
  ///   - transcript: the lines.
  ///   - evidence: the numbers of the lines that verdicts rest on.
  init(_ transcript: RunTranscript, evidence: Set<Int>) {
    self.transcript = transcript
    self.evidence = evidence
    excerpt = TranscriptExcerpt(transcript, evidence: evidence)
  }

  /// The numbers of the lines that are on the page.
  var numbers: Set<Int> {
    Set(
      excerpt.items.compactMap { item in
        if case .line(let index) = item { transcript.lines[index].number } else { nil }
      })
  }

  var markup: Markup {
    let nearby = transcript.lines.enumerated().filter { evidence.contains($0.element.number) }
      .reduce(into: Set<Int>()) { $0.formUnion($1.offset - Self.nearby...$1.offset + Self.nearby) }
    let hidden = transcript.entries.count - transcript.lines.count
    let note: Markup? =
      hidden == 0 ? nil : "<p class=\"quiet\">\(Quantity.count(hidden, "line")) of hidden checks are not shown.</p>\n"
    return """
      <section class="transcript"><h2>Transcript</h2>
      <p class="quiet">Serial console, network and clients on one clock: line of transcript.txt, seconds of device time, source. Marked lines are \
      what verdicts rest on. What stands at <b>uart</b> was printed by the program, whatever it says.</p>
      \(note)<p class="sources">Show <label><input type="checkbox" id="show-uart" checked> uart</label>
      <label><input type="checkbox" id="show-wire" checked> wire</label>
      <label><input type="checkbox" id="show-peer" checked> clients and servers</label>
      <label><input type="checkbox" id="show-lab" checked> lab</label></p>
      <ol>
      \(excerpt.items.map { item($0, nearby) })</ol></section>

      """
  }

  private func item(_ item: TranscriptExcerpt.Item, _ nearby: Set<Int>) -> Markup {
    switch item {
    case .omitted(let count):
      return "<li class=\"omitted\">… \(Quantity.count(count, "line")) left out</li>\n"
    case .line(let index):
      let line = transcript.lines[index]
      let kind: Markup =
        switch line.source {
        case "uart": "uart"
        case "wire": "wire"
        case "lab": "lab"
        default: "peer"
        }
      let cut = line.text.utf8.count > TranscriptExcerpt.textLimit
      let text = cut ? String(line.text.prefix(TranscriptExcerpt.textLimit)) + " …" : String(line.text)
      let classes: Markup =
        evidence.contains(line.number) ? "\(kind) mark near" : nearby.contains(index) ? "\(kind) near" : kind
      return """
        <li id="L\(line.number)" class="\(classes)"><a href="#L\(line.number)">\(line.number)</a><span>\(line.time)</span>\
        <b>\(line.source)</b><code>\(text)</code></li>

        """
    }
  }
}
