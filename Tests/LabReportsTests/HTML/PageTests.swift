// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

@Suite struct PageTests {
  @Test func aRunsPageTellsWhatFailedAndWhy() {
    let page = RunPage(RunMaterial(result: Fixture.result()), heading: "Ann").render()
    for text in [
      "<h1>Ann</h1>", "✗ failed", "10 of 50 points", "a line that matches ^TEMP", "nothing in 3 s",
      "Is the server still in recv()?", "9     1.310  alice", "<td class=\"n\">10/50</td>",
    ] { #expect(page.contains(text) || page.contains(text.replacing("9     ", with: "")), "\(text)") }
    #expect(!page.contains("<script"))
  }

  @Test func evidenceLeadsToItsLine() {
    let lines = (1...12).map { TranscriptEntry(time: 0, source: .wire, text: "line \($0)").line }
    let page = RunPage(
      RunMaterial(result: Fixture.result(), transcript: lines.joined(separator: "\n")), heading: "Ann"
    ).render()
    #expect(page.contains("<a href=\"#L9\">9</a>"))
    #expect(page.contains("<li id=\"L9\" class=\"wire mark near\">"))
    #expect(page.contains("<li id=\"L1\" class=\"wire near\">"))
  }

  @Test func aStudentSeesNothingOfHiddenChecks() {
    var result = Fixture.result()
    result.checks[1].visibility = .instructor
    let transcript = """
         0.001  lab     check boots: Boots
         0.002  lab     check get-temp: Answers GET_TEMP
         0.003  uart    recv GET_TEMP
      """
    let material = RunMaterial(
      result: result, transcript: transcript, capture: SampleCapture.conversation(sending: Array("GET_TEMP".utf8)))
    let page = RunPage(material, heading: "Ann").render()
    #expect(!page.contains("TEMP") && !page.contains("recv"))
    #expect(page.contains("A hidden check") && page.contains("2 lines of hidden checks are not shown."))
    #expect(page.contains("10 of 50 points"))
    #expect(RunPage(material, heading: "Ann", for: .instructor).render().contains("recv GET_TEMP"))
  }

  @Test func aFailureOfTheLabIsNoFailureOfTheStudent() {
    let page = RunPage(RunMaterial(result: ClassFixture.failedLab), heading: "Dora").render()
    #expect(page.contains("! no verdict") && page.contains("QEMU ended with SIGSEGV") && !page.contains("of 50 points"))
  }

  @Test func everyStudentHasAPage() throws {
    var files: [String: String] = [:]
    try ClassReports.render(
      ClassFixture.result, material: { $0.student == "carl" ? nil : RunMaterial(result: Fixture.result()) },
      write: { files[$0] = $1 })
    #expect(
      files.keys.sorted() == [
        "errors.csv", "grades.csv", "gradescope/ann.json", "gradescope/bob.json", "gradescope/dora.json", "index.html",
        "junit.xml", "students/ann.html", "students/bob.html", "students/carl.html", "students/dora.html",
        "students/eve.html", "summary.md",
      ])
    #expect(files["students/eve.html"]?.contains("Nothing was handed in.") == true)
    #expect(files["students/carl.html"]?.contains("not there any more") == true)
    let index = try #require(files["index.html"])
    for text in [
      "./students/ann.html", "The lab failed for 1 student", "QEMU ended with SIGSEGV", "./runs/dora/3/",
      "the roster has nobody called frank", "Is the server still in recv()?", "did not build",
    ] { #expect(index.contains(text), "\(text)") }
  }

  @Test func hostileTextLeavesNoMarkup() throws {
    let reference = try tags(of: HostileClass.broken("x"))
    for text in HostileClass.attacks {
      #expect(try tags(of: HostileClass.broken(text)) == reference)
      #expect(RunPage(RunMaterial(result: HostileClass.result(text)), heading: text).render().isHarmless)
    }
    #expect(ClassPage(HostileClass.classResult).render().isHarmless)
  }

  /// How many tags a page has.
  private func tags(of result: RunResult) throws -> Int {
    let page = RunPage(RunMaterial(result: result), heading: result.error?.message ?? "").render()
    return try #require(page.split(separator: "</style>").last).count { $0 == "<" }
  }

  @Test func aLongTranscriptMakesNoLongPage() {
    let line = TranscriptEntry(time: 0, source: .uart, text: String(repeating: "<", count: 100)).line + "\n"
    let text = String(repeating: line, count: 10_000)
    let page = RunPage(RunMaterial(result: Fixture.result(), transcript: text), heading: "Ann").render()
    #expect(page.utf8.count < 2_000_000)
  }
}
