// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabReports

@Suite struct MarkupTests {
  @Test func whatIsInterpolatedIsText() {
    let text = "<b title=\"x\" id='y'>&amp;</b>"
    let markup: Markup = "<p class=\"\(text)\">\(text)</p>"
    let escaped = "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;"
    #expect(markup.html == "<p class=\"\(escaped)\">\(escaped)</p>")
  }

  @Test func whatActsOnTheReaderIsWrittenOut() {
    let markup: Markup = "<p>\(Fixture.hostile)</p>"
    #expect(markup.html == "<p>\(Fixture.neutralised)</p>")
    #expect(("\("温度 é 👩‍💻")" as Markup).html == "温度 é 👩‍💻")
  }

  @Test func piecesAreMarkup() {
    let none: Markup? = nil
    let list: [Markup] = ["<i>", "\(1)", "\(none)", "</i>"]
    #expect(("<p>\(list)</p>" as Markup).html == "<p><i>1</i></p>")
  }

  @Test(arguments: [
    ("students/ann.html", "./students/ann.html"), ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
    ("//example.org/x?y#z", ".///example.org/x%3Fy%23z"), ("a b\"\n%41é", "./a%20b%22%0A%2541%C3%A9"),
  ]) func aPathIsNoMoreThanAPath(path: String, url: String) {
    #expect(("\(path: path)" as Markup).html == url)
  }

  @Test func aPageRunsItsOwnScriptOnly() {
    #expect(PageShell.policy(script: nil).contains("script-src 'none'"))
    // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    #expect(
      PageShell.policy(script: "alert(1)").contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"))
    let page = PageShell(title: "</title>", content: "<p>x</p>").html
    #expect(page.contains("<title>&lt;/title&gt;</title>"))
    #expect(page.contains("default-src &#39;none&#39;"))
  }
}
