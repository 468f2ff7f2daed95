// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

@Suite struct JSONReportTests {
  @Test func rendersErrors() throws {
    let error = LabError(code: "lab.unknown", message: "there is no lab '4'", remedy: "See labs/.", isUsage: true)
    #expect(
      try JSONReport.render(value: JSONReport.Failure(error: error)) == """
        {
          "error" : {
            "code" : "lab.unknown",
            "isUsage" : true,
            "message" : "there is no lab '4'",
            "remedy" : "See labs/."
          }
        }

        """)
  }

  @Test func givesBackTheSameResult() throws {
    let result = Fixture.result()
    let json = try JSONReport.render(result)
    #expect(try JSONDecoder().decode(RunResult.self, from: Data(json.utf8)) == result)
  }

  @Test func sortsKeys() throws {
    let keys = try JSONReport.render(Fixture.result()).split(separator: "\n")
      .filter { $0.hasPrefix("  \"") }.map { $0.prefix { $0 != ":" } }
    #expect(keys == keys.sorted())
    #expect(keys.count >= 12)
  }

  @Test func escapesWhatActsOnATerminalWithoutLosingIt() throws {
    var result = Fixture.result()
    result.submission = Fixture.hostile + "\u{e0041}"
    let json = try JSONReport.render(result)
    #expect(json.isHarmless)
    #expect(json.hasSuffix("}\n"))
    #expect(try JSONDecoder().decode(RunResult.self, from: Data(json.utf8)) == result)
  }
}

@Suite struct ListReportTests {
  @Test func listsLabs() {
    #expect(
      LabListReport.text([Fixture.lab], style: .plain).text == """
          Lab  Name            Title           Points  Checks
          3    command-server  Command server      50       3

        """)
  }
}
