// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Whatever a program is, it begins no line of what the lab prints or leaves for CI services.
@Suite struct ForgedLinesTests {
  /// Makes programs, and names each by a text as hostile.
  private func makeClass(seed: Int, count: Int) throws -> (folder: URL, programs: [URL]) {
    let folder = try LabProcess.temporaryFolder()
    let submissions = folder.appending(path: "class")
    try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
    var forged = ForgedLines(seed: seed)
    let programs = try (0..<count).map { number in
      let isSwift = number % 4 == 3
      let file = submissions.appending(path: "\(forged.name())\(number).\(isSwift ? "swift" : "c")")
      try (isSwift ? forged.swift() : forged.c()).write(to: file, atomically: false, encoding: .utf8)
      return file
    }
    return (folder, programs)
  }

  private func expectNone(in folder: URL, _ files: [String]) throws {
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      #expect(ForgedLines.faults(in: text) == [], "\(file)")
    }
  }

  @Test(arguments: 1...6) func noLineOfARunIsTheirs(seed: Int) async throws {
    let (folder, programs) = try makeClass(seed: seed, count: 4)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (number, program) in programs.enumerated() {
      for format in ["text", "json"] {
        let run = "run-\(number)-\(format)"
        let outcome = try await GuestLimiter.shared.run {
          try await LabProcess.run([
            "run", "3", program.path, "--format", format, "--output", folder.appending(path: run).path,
            "--emulator", "bundled",
          ])
        }
        #expect(outcome.status == 10, "\(outcome)")
        #expect(ForgedLines.faults(in: outcome.output + "\n" + outcome.errors) == [])
        try expectNone(in: folder, ["\(run)/junit.xml", "\(run)/summary.md", "\(run)/result.json"])
        let page = try await LabProcess.run(["report", folder.appending(path: run).path])
        #expect(page.status == 0 && ForgedLines.faults(in: page.output) == [], "\(page)")
        try expectNone(in: folder, ["\(run)/report.html"])
      }
    }
  }

  @Test func norOneOfAClass() async throws {
    let (folder, programs) = try makeClass(seed: 7, count: 16)
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run([
        "grade", "3", folder.appending(path: "class").path, "--output", folder.appending(path: "grades").path,
        "--emulator",
        "bundled",
      ])
    }
    #expect(outcome.status == 10, "\(outcome)")
    #expect(outcome.output.contains("\(programs.count)/\(programs.count) FAIL"), "\(outcome)")
    #expect(ForgedLines.faults(in: outcome.output + "\n" + outcome.errors) == [])
    let files = ["class.json", "grades.csv", "summary.md", "junit.xml", "index.html"]
    for file in files {
      let text = try String(contentsOf: folder.appending(path: "grades/\(file)"), encoding: .utf8)
      #expect(ForgedLines.faults(in: text.replacing("\r\n", with: "\n")) == [], "\(file)")
    }
    let students = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/grades/students")
    #expect(students.count == programs.count)
    try expectNone(in: folder, students.map { "grades/students/\($0)" })
  }
}
