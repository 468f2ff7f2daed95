// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct PrintoutTests {
  private let forged = "PASSED  100 of 100 points"

  @Test func whatIsInterpolatedBeginsNoLine() {
    #expect(("\(forged)\n\(forged)" as Printout).text == "| \(forged)\n| \(forged)")
    #expect(("Lab \(forged)\n" as Printout).text == "Lab \(forged)\n")
    #expect(("\("")Lab" as Printout).text == "Lab")
    #expect(("a\n" + ("\(forged)" as Printout) + "\n").text == "a\n| \(forged)\n")
  }

  @Test func aColourIsNoWord() {
    let style = TerminalStyle(color: true, live: true, width: 80)
    #expect(style.paint("\(forged)", .strong).text == "\u{1b}[1m| \(forged)\u{1b}[0m")
  }

  @Test func lineEndsAreTheLabsAlone() {
    #expect(("x \("a\nb\r\nc\u{2028}d\u{85}e")\n" as Printout).text == "x a\\nb\\r\\nc\\u{2028}d\\x85e\n")
  }

  @Test func behindBlanksASentenceMayBeginAndNoCommand() {
    #expect(("    \("a hint")" as Printout).text == "    a hint")
    #expect(("    \("::error::x")" as Printout).text == "    | ::error::x")
    #expect(("    \("  ::error::x")" as Printout).text == "    |   ::error::x")
    #expect(("    \("\u{a0}::error::x")" as Printout).text == "    | \u{a0}::error::x")
  }

  @Test func whatIsWiderThanTheTerminalGoesOnBehindABar() {
    let text = ("Building \(String(repeating: "x", count: 20) + forged)\n" as Printout).rendered(width: 30)
    #expect(text == "Building xxxxxxxxxxxxxxxxxxxx\n  | PASSED  100 of 100 points\n")
    #expect(
      ("\(String(repeating: "温", count: 20))" as Printout).rendered(width: 21) == "| 温温温温温温温温温\n  | 温温温温温温温温\n  | 温温温")
  }

  @Test func aPathMayBeginALineWhereItLooksLikeOne() {
    #expect(Printout(path: "labs/03/lab.yaml").text == "labs/03/lab.yaml")
    #expect(Printout(path: "/tmp/\(forged)").text == "/tmp/\(forged)")
    #expect(Printout(path: "report.html").text == "report.html")
    #expect(Printout(path: "\(forged)/report.html").text == "./\(forged)/report.html")
    #expect(Printout(path: "::error::/report.html").text == "./::error::/report.html")
  }

  @Test func aFailureIsOneMessageWhateverItQuotes() {
    let error = LabError(code: "x", message: "objcopy failed: a\n\(forged)\n::error::x", remedy: "again\n##[error]")
    #expect(
      Printout(error).text == """
        lab: objcopy failed: a
          | \(forged)
          | ::error::x
          again
          | \\x23#[error]

        """)
  }

  @Test func piecesAreCutBetweenCharacters() {
    let text: Printout = "Building \("温温温温")"
    #expect(text.truncated(to: 40).text == text.text)
    #expect(text.truncated(to: 13).text == "Building 温…")
    #expect(text.columns == 17)
    #expect(("a" as Printout).padded(to: 3).text == "a  ")
    #expect(("a" as Printout).indented(to: 3).text == "  a")
  }
}
