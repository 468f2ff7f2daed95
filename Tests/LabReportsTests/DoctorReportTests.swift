// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabReports

@Suite struct DoctorReportTests {
  private let findings = [
    DoctorFinding(topic: "Sandbox", state: .used, summary: "bubblewrap 0.8.0"),
    DoctorFinding(topic: "ESP-IDF", state: .unused, summary: "not found", details: ["a detail"], remedy: "get it"),
  ]
  private let c = DoctorChoice(
    language: .c, sdk: .idf, emulator: "espressif", summary: "ESP-IDF v5.4 on Espressif's QEMU",
    reasons: ["it is there"])
  private let swift = DoctorChoice(
    language: .swift, problem: LabError(code: "sdk.noSwift", message: "no Swift", remedy: "install it"))
  private let labs = [
    DoctorLab(lab: "1", solutions: [.c, .swift]), DoctorLab(lab: "greeter", solutions: []),
    DoctorLab(lab: "09-bad", problem: LabError(code: "lab.file", message: "line 3: what is this")),
  ]

  @Test func tellsWhatARunTakesAndWhichLabsThereAre() {
    let examination = DoctorExamination(findings: findings, choices: [c, swift], labs: labs)
    #expect(examination.isFit)
    #expect(
      DoctorReport.text(examination, style: .plain).text == """
        OK    Sandbox  bubblewrap 0.8.0
        -     ESP-IDF  not found
                       a detail
                       get it

        OK    C      ESP-IDF v5.4 on Espressif's QEMU
                     it is there
        MISS  Swift  no Swift
                     install it

              Lab      C                                          Swift
        OK    1        ESP-IDF on Espressif's QEMU                cannot be run
        OK    greeter  ESP-IDF on Espressif's QEMU (no solution)  cannot be run
        MISS  09-bad   line 3: what is this

        Labs can be run in C only, but for those that cannot be read.

        """)
  }

  @Test func tellsWhatIsMissingForAll() {
    var examination = DoctorExamination(findings: findings, choices: [c], labs: [labs[0]])
    examination.findings[0].state = .missing
    #expect(!examination.isFit)
    let text = DoctorReport.text(examination, style: .plain).text
    #expect(text.contains("MISS  1  "))
    #expect(text.hasSuffix("\n\nLabs cannot be run: 1 thing missing.\n"))
  }

  @Test func needsALabAndALanguage() {
    #expect(!DoctorExamination(findings: findings, choices: [c], labs: [labs[2]]).isFit)
    #expect(!DoctorExamination(findings: findings, choices: [swift], labs: labs).isFit)
  }

  @Test func isForProgramsAsWell() throws {
    let examination = DoctorExamination(findings: findings, choices: [c, swift], labs: labs)
    let text = try JSONReport.render(value: examination)
    #expect(try JSONDecoder().decode(DoctorExamination.self, from: Data(text.utf8)) == examination)
  }
}
