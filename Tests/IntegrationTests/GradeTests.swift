// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Classes that are graded with real guests: to the verdicts that the submissions declare, whatever comes between.
@Suite struct GradeTests {
  /// The students and what they handed in, below `labs/03-command-server`.
  private static let handedIn = [
    "ann.c": "submissions/correct/byte-at-a-time.c", "bob": "submissions/correct/modules",
    "cyd.c": "submissions/wrong/port-byte-order.c", "dan.c": "submissions/refused/syntax-error.c",
    "eve.swift": "submissions-swift/correct/strings.swift", "flo.swift": "submissions-swift/wrong/prefix-match.swift",
    "gus.c": "submissions/wrong/reboot-loop.c",
  ]
  private static let passing: Set = ["ann", "bob", "eve"]

  /// A folder with a class in it; among what it handed in are a damaged archive, and a program that is another student's.
  private func makeClass() throws -> URL {
    let folder = try LabProcess.temporaryFolder()
    let submissions = folder.appending(path: "class")
    try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
    for (name, source) in Self.handedIn {
      try FileManager.default.copyItem(
        at: LabProcess.checkout.appending(path: "labs/03-command-server/\(source)"),
        to: submissions.appending(path: name))
    }
    try Data("PK\u{3}\u{4} and no more".utf8).write(to: submissions.appending(path: "hal.zip"))
    try Data("#include \"ann.c\"\n".utf8).write(to: submissions.appending(path: "ivy.c"))
    return folder
  }

  private func call(_ folder: URL, into results: String, _ options: [String] = []) -> [String] {
    ["grade", "3", folder.path + "/class", "--output", "\(folder.path)/\(results)", "--emulator", "bundled"] + options
  }

  private func grade(_ folder: URL, into results: String, _ options: String...) async throws -> LabProcess.Outcome {
    try await GuestLimiter.shared.run { try await LabProcess.run(call(folder, into: results, options)) }
  }

  private func classFile(_ folder: URL, _ results: String) throws -> String {
    try String(contentsOf: folder.appending(path: "\(results)/class.json"), encoding: .utf8)
  }

  private func classResult(_ folder: URL, _ results: String) throws -> ClassResult {
    try JSONDecoder().decode(ClassResult.self, from: Data(classFile(folder, results).utf8))
  }

  /// Starts a grading, waits until it has some results and a guest that runs, and hands it over.
  private func withGrading(
    of folder: URL, into results: String, _ options: [String], _ body: @Sendable (RunningLab) async throws -> Void
  ) async throws {
    let arguments = call(folder, into: results, options)
    let journal = folder.appending(path: "\(results)/journal.jsonl")
    try await GuestLimiter.shared.run {
      let run = try LabProcess.start(arguments)
      while run.process.isRunning {
        let text = (try? String(contentsOf: journal, encoding: .utf8)) ?? ""
        if text.components(separatedBy: "\"event\":\"graded\"").count > 2,
          HostProcess.all().contains(where: { $0.executable == "qemu-system-riscv32" && $0.mentions(folder.path) })
        {
          break
        }
        try await Task.sleep(for: .milliseconds(5))
      }
      try await body(run)
      #expect(await HostProcess.allGone(deadline: .seconds(60)) { $0.mentions(folder.path) })
    }
  }

  /// Each student has a page with the points, and where something went over the wire, a diagram of it.
  private func expectPages(of result: ClassResult, in folder: URL) throws {
    let index = try String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8)
    for student in result.students {
      let path = "students/\(student.fileName).html"
      let page = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      #expect(index.contains("href=\"./\(path)\""))
      #expect(page.contains("\(student.points) of \(student.maximum) points"), "\(path)")
      #expect(page.contains("<svg class=\"chart\"") == (student.points > 0), "\(path)")
      let failsOnTheWire = student.points > 0 && student.verdict == .fail
      #expect(page.contains("✗ the check fails on this") == failsOnTheWire, "\(path)")
    }
  }

  @Test(.timeLimit(.minutes(120))) func aKilledGradingGoesOnToTheSameResults() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try await grade(folder, into: "whole", "--jobs", "1")
    #expect(whole.status == 10, "\(whole)")
    let result = try classResult(folder, "whole")
    #expect(result.students.map(\.student) == ["ann", "bob", "cyd", "dan", "eve", "flo", "gus", "hal", "ivy"])
    #expect(Set(result.students.filter { $0.verdict == .pass }.map(\.student)) == Self.passing)
    #expect(result.students.allSatisfy { $0.verdict == .pass || $0.verdict == .fail })
    #expect(Set(result.students.filter { $0.isBuilt == false }.map(\.student)) == ["dan", "hal", "ivy"])
    try expectPages(of: result, in: folder.appending(path: "whole"))

    try await withGrading(of: folder, into: "killed", ["--jobs", "2"]) { run in
      kill(run.process.processIdentifier, SIGKILL)
      _ = await run.outcome()
    }
    let resumed = try await grade(folder, into: "killed", "--jobs", "2")
    #expect(resumed.status == 10, "\(resumed)")
    #expect(resumed.output.contains(" of 9 done already; going on"), "\(resumed.output)")
    #expect(try classFile(folder, "killed") == classFile(folder, "whole"))
    for student in result.students {
      let runs = folder.appending(path: "killed/runs/\(student.fileName)").path
      #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == ["1"])
    }
  }

  @Test(.timeLimit(.minutes(120))) func anInterruptedGradingSaysHowItGoesOnAndARegradingWhatChanged() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    try await withGrading(of: folder, into: "grades", ["--jobs", "2"]) { run in
      let second = try await LabProcess.run(call(folder, into: "grades"))
      #expect(second.status == 64, "\(second)")
      #expect(second.errors.contains("another grading"), "\(second)")
      kill(run.process.processIdentifier, SIGINT)
      let outcome = await run.outcome()
      #expect(outcome.status == 130, "\(outcome)")
      #expect(outcome.errors.contains("The same command goes on from there"), "\(outcome)")
    }
    #expect(try await grade(folder, into: "grades").status == 10)
    let before = try classFile(folder, "grades")

    let nothing = try await grade(folder, into: "grades")
    #expect(nothing.output.contains("9 of 9 done already"), "\(nothing)")
    #expect(try classFile(folder, "grades") == before)

    try FileManager.default.removeItem(at: folder.appending(path: "class/cyd.c"))
    try FileManager.default.copyItem(
      at: folder.appending(path: "class/ann.c"), to: folder.appending(path: "class/cyd.c"))
    let again = try await grade(folder, into: "grades", "--rerun", "dan")
    #expect(again.output.contains("Graded again: 2, of which 1 with another result"), "\(again)")
    #expect(again.output.contains("cyd  fail 10/100 -> pass 100/100, since the submission has changed"), "\(again)")
    let cyd = try classResult(folder, "grades").students.first { $0.student == "cyd" }
    #expect(cyd?.attempts.map(\.runFolder) == ["runs/cyd/2"])

    let other = try await grade(folder, into: "grades", "--language", "c")
    #expect(other.status == 64)
    #expect(other.errors.contains("--rerun all"), "\(other)")
    let all = try await grade(folder, into: "grades", "--language", "c", "--rerun", "all")
    #expect(all.status == 10, "\(all)")
    #expect(all.output.contains("eve  pass 100/100 -> fail 0/100, since the lab has changed"), "\(all)")
  }

  @Test func aDiskWithoutRoomEndsTheGradingAndIsNobodysResult() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let disk = folder.appending(path: "disk")
    try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(
        call(folder, into: "disk/grades", ["--jobs", "1"]),
        within: ["bwrap", "--dev-bind", "/", "/", "--size", "\(65 << 20)", "--tmpfs", disk.path])
    }
    #expect(outcome.status == 11, "\(outcome)")
    #expect(outcome.errors.contains("the same command then goes on"), "\(outcome)")
    #expect(!outcome.output.contains("ERROR"), "\(outcome)")
  }

  @Test func withoutASandboxItRefusesOrSaysSoInItsReports() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let submissions = folder.appending(path: "class")
    try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
    try Data("void main(void) {}\n".utf8).write(to: submissions.appending(path: "ann.c"))
    let refused = try await LabProcess.run(call(folder, into: "grades"), environment: ["PATH": folder.path])
    #expect(refused.status == 11, "\(refused)")
    #expect(refused.errors.contains("bubblewrap") && refused.errors.contains("--no-sandbox"), "\(refused)")

    // A file that is called like bubblewrap's complaint ends nothing.
    try Data("let a: Int = \n".utf8).write(to: submissions.appending(path: "bwrap: No permissions to create.swift"))
    let confined = try await grade(folder, into: "confined")
    #expect(confined.status == 10, "\(confined)")
    let outcome = try await grade(folder, into: "grades", "--no-sandbox")
    #expect(outcome.status == 10, "\(outcome)")
    #expect(outcome.errors.contains("warning: no sandbox"), "\(outcome)")
    for report in ["class.json", "summary.md"] {
      let text = try String(contentsOf: folder.appending(path: "grades/\(report)"), encoding: .utf8)
      #expect(text.contains("graded without a sandbox"), "\(report)")
    }
  }
}
