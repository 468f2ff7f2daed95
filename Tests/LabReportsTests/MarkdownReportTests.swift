// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct MarkdownReportTests {
  @Test func showsAllChecksAndWhatFailed() {
    #expect(
      MarkdownReport.render(Fixture.result()) == """
        ## FAILED Lab 3: Command server

        **10 of 50 points** for main&#46;c.

        | | Check | Points |
        |---|---|---:|
        | pass | Boots | 10/10 |
        | **fail** | Answers GET&#95;TEMP | 0/20 |
        | skipped | Answers twice | 0/20 |

        ### Answers GET&#95;TEMP

        - Expected: a line that matches &#94;TEMP
        - Seen: nothing in 3 s
        - Line 9 of the transcript: sent GET&#95;TEMP
        - Line 12 of the transcript: ACK 9 bytes
        - Hint: Is the server still in recv&#40;&#41;&#63;

        """)
  }

  @Test func saysThatTheLabFailed() {
    let text = MarkdownReport.render(Fixture.result(checks: [], error: LabError(code: "x", message: "QEMU died")))
    #expect(text.hasPrefix("## NO VERDICT Lab 3"))
    #expect(text.contains("**The lab failed:** QEMU died"))
  }

  @Test func saysWhyItDoesNotBuild() {
    let build = RunResult.Build(succeeded: false, reason: "no app_main", seconds: 1)
    #expect(
      MarkdownReport.render(Fixture.result(build: build, checks: [])).contains("**It does not build:** no app&#95;main")
    )
  }

  @Test(arguments: [
    "| pass | mine | 100/100 |", "<img src=x>", "[a](javascript:b)", "@everyone #1 www.example.org", "`a` **b**\n# c",
    Fixture.hostile,
  ]) func whatAStudentWroteIsNoMarkup(text: String) {
    var result = Fixture.result(checks: [])
    let plain = MarkdownReport.render(result)
    result.submission = text
    let report = MarkdownReport.render(result)
    #expect(report.isHarmless)
    for character in "|<>[]()`*@#_\\!" {
      #expect(
        report.replacing(/&#[0-9]+;/, with: "").count { $0 == character }
          == plain.replacing(/&#[0-9]+;/, with: "").count { $0 == character })
    }
  }
}
