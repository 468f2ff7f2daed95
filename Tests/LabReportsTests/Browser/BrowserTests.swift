// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

/// The pages as a browser shows them.
@Suite(.enabled(if: Browser.program != nil, "Chromium is not installed"), .serialized) struct BrowserTests {
  /// A folder with the files of a class.
  private struct Site: ~Copyable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-site-\(UUID().uuidString)")

    init(_ result: ClassResult, _ material: (StudentResult) -> RunMaterial?) throws {
      let folder = folder
      try ClassReports.render(result, material: material) { path, text in
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func page(_ path: String) -> URL { folder.appending(path: path) }
  }

  private static let material = RunMaterial(
    result: Fixture.result(), transcript: HostileClass.transcript, capture: HostileClass.capture("GET_TEMP\n"))

  /// What sticks out of the window, where the page is wider.
  private static let overflowing = """
    JSON.stringify(document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll('*')]
      .filter((e) => e.getBoundingClientRect().right > window.innerWidth).slice(0, 8).map((e) => e.outerHTML.slice(0, 120)))
    """

  @Test func nothingOfAStudentRunsOrLoads() throws {
    let result = HostileClass.classResult
    let site = try Site(result) { HostileClass.materials[$0.student] }
    let browser = try Browser()
    let pages = ["index.html"] + result.students.map { ClassTable.path(of: $0) }
    for path in pages {
      let page = site.page(path)
      try browser.load(page, width: 390)
      #expect(browser.complaints == [], "\(path)")
      #expect(browser.requests == [page.absoluteString], "\(path)")
      #expect(try browser.evaluate("document.title.startsWith('Lab 3: ')") as? Bool == true)
      let foreign =
        "document.querySelectorAll('img, iframe, link, base, form, object, embed, script:not(body > script), meta[http-equiv=refresh]').length"
      #expect(try browser.evaluate(foreign) as? Int == 0, "\(path)")
      let handlers =
        "[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith('on') || n === 'style').length"
      #expect(try browser.evaluate(handlers) as? Int == 0, "\(path)")
      let links = "[...document.links].every((a) => a.href.startsWith('file:///'))"
      #expect(try browser.evaluate(links) as? Bool == true, "\(path)")
      #expect(try browser.evaluate(Self.overflowing) as? String == "[]", "\(path)")
    }
  }

  @Test func thePolicyStopsWhatTheWritingWouldMiss() throws {
    let page = RunPage(Self.material, heading: "Ann").render()
    let attack =
      "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\"><p style=\"color:red\">"
    let file = FileManager.default.temporaryDirectory.appending(path: "lab-page-\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: file) }
    try page.replacing("<h1>", with: attack + "<h1>").write(to: file, atomically: false, encoding: .utf8)
    let browser = try Browser()
    try browser.load(file)
    #expect(try browser.evaluate("document.title") as? String == "Lab 3: Ann")
    #expect(!browser.complaints.isEmpty)
  }

  @Test(arguments: [320, 390, 800, 1400]) func fitsItsWindow(width: Int) throws {
    let site = try Site(ClassFixture.result) { _ in Self.material }
    let browser = try Browser()
    for path in ["index.html", "students/ann.html", "students/bob.html", "students/eve.html"] {
      try browser.load(site.page(path), width: width)
      #expect(try browser.evaluate(Self.overflowing) as? String == "[]", "\(path)")
      #expect(browser.complaints == [])
    }
  }

  @Test func theTableOfStudentsSortsAndFilters() throws {
    let site = try Site(ClassFixture.result) { _ in nil }
    let browser = try Browser()
    try browser.load(site.page("index.html"))
    func names() throws -> [String]? {
      try browser.evaluate(
        "[...document.querySelectorAll('#students tbody tr')].filter((r) => !r.hidden).map((r) => r.cells[0].querySelector('a').textContent)"
      ) as? [String]
    }
    func press(_ column: Int) throws {
      _ = try browser.evaluate("document.querySelectorAll('#students thead button')[\(column)].click()")
    }
    #expect(try names() == ["Ann A.", "bob", "carl", "dora", "Eve, E."])
    try press(2)
    #expect(try names() == ["Ann A.", "bob", "carl", "dora", "Eve, E."])
    try press(2)
    #expect(try names() == ["dora", "Eve, E.", "carl", "bob", "Ann A."])
    #expect(
      try browser.evaluate("document.querySelector('th[aria-sort]').getAttribute('aria-sort')") as? String
        == "ascending")
    try press(0)
    try press(0)
    #expect(try names()?.first == "Eve, E.")
    _ = try browser.evaluate(
      "document.getElementById('find').value = 'EVE'; document.getElementById('find').dispatchEvent(new Event('input'))"
    )
    #expect(try names() == ["Eve, E."])
    _ = try browser.evaluate(
      "document.getElementById('find').value = ''; verdict.value = 'fail'; verdict.dispatchEvent(new Event('change'))")
    #expect(try names()?.sorted() == ["bob", "carl"])
    #expect(try browser.evaluate("document.getElementById('count').textContent") as? String == "2 of 5")
  }

  @Test func allIsThereWithoutAScript() throws {
    let site = try Site(ClassFixture.result) { _ in nil }
    let browser = try Browser()
    try browser.call("Emulation.setScriptExecutionDisabled", ["value": true])
    try browser.load(site.page("index.html"))
    #expect(try browser.evaluate("document.querySelectorAll('#students tbody tr').length") as? Int == 5)
    #expect(try browser.evaluate("document.querySelectorAll('#students thead button').length") as? Int == 0)
    #expect(try browser.evaluate("document.getElementById('tools').checkVisibility()") as? Bool == false)
  }

  @Test func theTranscriptIsFilteredWithoutAScript() throws {
    let site = try Site(ClassFixture.result) { _ in Self.material }
    let browser = try Browser()
    try browser.load(site.page("students/bob.html"))
    let visible = "[...document.querySelectorAll('.transcript li')].filter((l) => l.checkVisibility()).length"
    #expect(try browser.evaluate(visible) as? Int ?? 0 > 10)
    _ = try browser.evaluate("document.getElementById('show-uart').click()")
    #expect(try browser.evaluate(visible) as? Int == 0)
  }
}
