// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The page of a run: what was checked and what came of it, why, what went over the wire, and what was printed.
public struct RunPage {
  /// Whose submission it is, as it stands in the page's heading. Hostile text.
  public var heading: String
  private let material: RunMaterial
  private let shown: RunResult
  private let transcript: RunTranscript?
  private let charts: ChartBuilder?
  private let isCaptureCut: Bool
  private let reader: Visibility

  /// - Parameters:
  ///   - material: the run.
  ///   - heading: whose submission it is.
  ///   - reader: who reads it: a student sees less of some results.
  public init(_ material: RunMaterial, heading: String, for reader: Visibility = .student) {
    self.material = material
    self.heading = heading
    self.reader = reader
    let result = material.result
    shown = result.shown(to: reader)
    let transcript = material.transcript.map { RunTranscript($0, of: result, for: reader) }
    let timeline = material.capture.map {
      SegmentTimeline(
        capture: $0, transcript: transcript, keepsSecrets: reader == .student && result.hasHiddenChecks)
    }
    self.transcript = transcript
    isCaptureCut = timeline?.isCut ?? false
    charts = timeline.map { ChartBuilder($0, transcript: transcript) }
  }

  /// The whole file: it loads nothing and runs no script.
  public func render() -> String {
    let evidence = Set(shown.checks.flatMap(\.evidence).map(\.line))
    let section = transcript.map { TranscriptSection($0, evidence: evidence) }
    let linked = section?.numbers ?? []
    let content: Markup = """
      \(PageHeading(lab: shown.lab, title: shown.title, heading: heading, verdict: verdict, points: points))
      \(facts)\(failure)\(table)
      \(shown.checks.enumerated().filter { needsCard($1) }.map { card($1, number: $0 + 1, linked: linked) })
      \(passedCharts(linked: linked))
      \(section?.markup)
      """
    return PageShell(title: "Lab \(shown.lab): \(heading)", content: content).html
  }

  private var verdict: StudentResult.Verdict {
    switch shown.verdict {
    case .pass: .pass
    case .fail: .fail
    case .error: .error
    }
  }

  private var points: String? {
    shown.verdict == .error ? nil : "\(shown.points) of \(Quantity.count(shown.maximum, "point"))"
  }

  private var facts: Markup {
    var facts: [(String, String)] = [("Submission", shown.submission)]
    if let language = shown.build?.language { facts.append(("Language", language.title)) }
    facts.append(
      (
        "Built with",
        shown.sdk == "idf" ? "ESP-IDF" : shown.sdk == "bundled" ? "the bundled SDK" : "image built elsewhere"
      ))
    facts.append(("Run on", "\(shown.chip.rawValue), \(shown.emulator) emulator"))
    if shown.attempt > 1 { facts.append(("Attempt", "\(shown.attempt)")) }
    return "<dl class=\"facts\">\(facts.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" as Markup })</dl>\n"
  }

  private var failure: Markup? {
    if let error = shown.error {
      return """
        <section class="card error"><h2>The lab failed</h2>
        <p>Nothing can be said of the submission, and nothing is its fault: it has to be graded again.</p>
        <p class="text">\(error.message)</p></section>

        """
    }
    guard let build = shown.build, !build.succeeded else { return nil }
    let lines = build.messages.displayableLines
    let limit = 400
    let left = lines.count - limit
    let more: Markup? = left > 0 ? "<p class=\"quiet\">\(Quantity.count(left, "line")) more: see build.log.</p>" : nil
    return """
      <section class="card fail"><h2>The submission did not build</h2>
      <p>\(build.reason ?? "The compiler says why.")</p>
      <pre class="log">\(lines.prefix(limit).map { "<code>\($0)</code>\n" as Markup })</pre>\(more)</section>

      """
  }

  private var table: Markup {
    let rows: [Markup] = shown.checks.enumerated().map { index, check in
      let points = check.status == .error ? "–" : "\(check.points)/\(check.maximum)"
      let title: Markup =
        needsCard(check) ? "<a href=\"#check-\(index + 1)\">\(check.title)</a>" : "\(check.title)"
      let reason: Markup? = check.status == .skipped ? check.seen.map { "<small>\($0)</small>" } : nil
      let open: Markup? = check.status == .pass ? check.seen.map { "<small>\($0)</small>" } : nil
      return """
        <tr><td>\(StatusMark(check.status))</td><th scope="row">\(title)\(reason)\(open)</th><td class="n">\(points)</td>\
        <td class="n time">\(check.status == .skipped ? "" : Quantity.duration(nanoseconds: check.duration))</td></tr>

        """
    }
    let total = shown.verdict == .error ? "–/\(shown.maximum)" : "\(shown.points)/\(shown.maximum)"
    return """
      <section><h2>Checks</h2><table class="checks">
      <thead><tr><th>Verdict</th><th>Check</th><th class="n">Points</th><th class="n time">Device time</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      <tfoot><tr><td></td><th scope="row">Total</th><td class="n">\(total)</td><td class="time"></td></tr></tfoot>
      </table></section>

      """
  }

  private func needsCard(_ check: CheckResult) -> Bool {
    shown.build?.succeeded != false && (check.status == .fail || check.status == .error)
  }

  private func card(_ check: CheckResult, number: Int, linked: Set<Int>) -> Markup {
    let evidence: [Markup] = check.evidence.map { evidence in
      let number: Markup =
        linked.contains(evidence.line) ? "<a href=\"#L\(evidence.line)\">\(evidence.line)</a>" : "\(evidence.line)"
      return "<li><span>\(number)</span> <code>\(evidence.entry.line)</code></li>"
    }
    let list: Markup? =
      evidence.isEmpty ? nil : "<h4>Lines of the transcript that show it</h4><ul class=\"evidence\">\(evidence)</ul>"
    let steps = check.conversation.map {
      "<h4>Steps of a lab file that show it</h4><pre>\($0.joined(separator: "\n"))</pre>\n" as Markup
    }
    let chart = charts.map { $0.chart(of: check) }
    let figure: Markup? = chart.flatMap { self.figure($0, of: check, linked: linked) }
    return """
      <section class="card \(check.status.rawValue)" id="check-\(number)"><h3>\(StatusMark(check.status)) \(check.title)</h3>
      <div class="columns"><div>
      <dl>\(check.expected.map { "<dt>Expected</dt><dd>\($0)</dd>" as Markup })\
      \(check.seen.map { "<dt>\(check.status == .error ? "Reason" : "Seen")</dt><dd>\($0)</dd>" as Markup })</dl>
      \(check.hints.map { "<p class=\"hint\"><strong>Hint</strong> \($0)</p>\n" as Markup })\(steps)\(list)
      </div>\(figure)</div></section>

      """
  }

  private func figure(_ chart: SequenceChart, of check: CheckResult, linked: Set<Int>) -> Markup? {
    guard !chart.isEmpty else { return nil }
    let drawing = ChartDrawing(
      chart, title: "Segments between the device and its peers during: \(check.title)", linked: linked)
    let bare: Markup? = chart.leavesOutBare ? " Bare acknowledgements are left out." : nil
    let cut: Markup? = isCaptureCut ? " The capture is longer than what is drawn from it." : nil
    return """
      <figure><div class="scroll">\(drawing.svg)</div>
      <figcaption>What went over the wire, from capture.pcapng; seconds of device time.\(bare)\(cut)</figcaption></figure>
      """
  }

  /// The diagrams of the checks that passed, folded.
  private func passedCharts(linked: Set<Int>) -> Markup? {
    guard let charts else { return nil }
    let folded: [Markup] = shown.checks.filter { $0.status == .pass }.compactMap { check in
      figure(charts.chart(of: check), of: check, linked: linked).map {
        "<details><summary>\(StatusMark(check.status)) \(check.title)</summary>\($0)</details>\n"
      }
    }
    return folded.isEmpty
      ? nil : "<section class=\"folded\"><h2>On the wire, where checks passed</h2>\n\(folded)</section>\n"
  }
}
