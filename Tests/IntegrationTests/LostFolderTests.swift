// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Folders that are taken away from under a grading: it ends and says so, nobody's grade suffers, and the same command goes on.
@Suite(.timeLimit(.minutes(120))) struct LostFolderTests {
  /// An ordinary user, even where the tests run as root, to whom everything can be written.
  private static let ordinaryUser = [
    "bwrap", "--unshare-user", "--uid", "1000", "--gid", "1000", "--dev-bind", "/", "/",
  ]

  private static let program = "labs/03-command-server/submissions/correct/byte-at-a-time.c"
  private static let students = ["ann", "bob", "cyd", "dan", "eve"]

  /// A folder with a class in it.
  private func makeClass() throws -> URL {
    let folder = try LabProcess.temporaryFolder()
    let submissions = folder.appending(path: "class")
    try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
    for student in Self.students {
      try FileManager.default.copyItem(
        at: LabProcess.checkout.appending(path: Self.program), to: submissions.appending(path: student + ".c"))
    }
    return folder
  }

  private func call(_ folder: URL) -> [String] {
    ["grade", "3", folder.path + "/class", "--output", folder.path + "/grades", "--emulator", "bundled", "--jobs", "1"]
  }

  /// Starts a grading, does something when one student has a result, and waits for its end.
  private func grade(
    _ folder: URL, within wrapper: [String] = [], _ body: @Sendable () throws -> Void
  ) async throws -> LabProcess.Outcome {
    let call = call(folder)
    let journal = folder.appending(path: "grades/journal.jsonl")
    return try await GuestLimiter.shared.run {
      let run = try LabProcess.start(call, within: wrapper)
      while run.process.isRunning {
        let text = (try? String(contentsOf: journal, encoding: .utf8)) ?? ""
        if text.contains("\"event\":\"graded\"") { break }
        try await Task.sleep(for: .milliseconds(5))
      }
      try body()
      return await run.outcome()
    }
  }

  private func goesOn(_ folder: URL, within wrapper: [String] = []) async throws -> LabProcess.Outcome {
    let call = call(folder)
    return try await GuestLimiter.shared.run { try await LabProcess.run(call, within: wrapper) }
  }

  private func expectEnd(_ outcome: LabProcess.Outcome, _ words: String) {
    #expect(outcome.status == 11, "\(outcome)")
    #expect(outcome.errors.contains(words), "\(outcome)")
    #expect(!outcome.output.contains("FAIL") && !outcome.output.contains("ERROR"), "\(outcome)")
  }

  @Test func anOutputFolderThatIsMovedAwayIsMissed() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (grades, aside) = (folder.appending(path: "grades"), folder.appending(path: "aside"))
    let outcome = try await grade(folder) { try FileManager.default.moveItem(at: grades, to: aside) }
    expectEnd(outcome, "/grades was removed, moved or replaced")
    #expect(!FileManager.default.fileExists(atPath: grades.path))
    try FileManager.default.moveItem(at: aside, to: grades)
    let again = try await goesOn(folder)
    #expect(again.status == 0 && again.output.contains("of 5 done already; going on"), "\(again)")
  }

  @Test func oneThatIsAFileNowIsMissedAsWell() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let grades = folder.appending(path: "grades")
    let outcome = try await grade(folder) {
      try FileManager.default.moveItem(at: grades, to: folder.appending(path: "aside"))
      try Data("x".utf8).write(to: grades)
    }
    expectEnd(outcome, "/grades was removed, moved or replaced")
    #expect(try String(contentsOf: grades, encoding: .utf8) == "x")
  }

  @Test func oneThatCannotBeWrittenToAnyMoreIsNamed() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let grades = folder.appending(path: "grades").path
    let outcome = try await grade(folder, within: Self.ordinaryUser) {
      for path in ["", "/runs"] { chmod(grades + path, 0o555) }
    }
    for path in ["", "/runs"] { chmod(grades + path, 0o755) }
    expectEnd(outcome, "/grades: Permission denied")
    let again = try await goesOn(folder, within: Self.ordinaryUser)
    #expect(again.status == 0 && again.output.contains("of 5 done already; going on"), "\(again)")
  }

  @Test func aClassThatIsTakenAwayEndsTheGrading() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (submissions, aside) = (folder.appending(path: "class"), folder.appending(path: "aside"))
    let outcome = try await grade(folder) { try FileManager.default.moveItem(at: submissions, to: aside) }
    #expect(outcome.status == 11 && outcome.errors.contains("/class is not there any more"), "\(outcome)")
    #expect(!outcome.output.contains("FAIL"), "\(outcome)")
    try FileManager.default.moveItem(at: aside, to: submissions)
    let again = try await goesOn(folder)
    #expect(again.status == 0 || again.output.contains("The lab failed"), "\(again)")
  }

  @Test func aResultIsOfWhatWasHandedInWhenTheClassWasLookedThrough() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let submissions = folder.appending(path: "class")
    let outcome = try await grade(folder) {
      try Data("#error changed\n".utf8).write(to: submissions.appending(path: "dan.c"))
      try FileManager.default.removeItem(at: submissions.appending(path: "eve.c"))
    }
    #expect(outcome.status == 11, "\(outcome)")
    #expect(
      outcome.output.contains("ERROR dan") && outcome.output.contains("\"dan.c\" has changed since"), "\(outcome)")
    #expect(outcome.output.contains("ERROR eve") && outcome.output.contains("\"eve.c\" is gone since"), "\(outcome)")
    let again = try await goesOn(folder)
    #expect(again.status == 10, "\(again)")
    #expect(again.output.contains("dan  error -/100 -> fail 0/100, since the submission has changed"), "\(again)")
  }

  /// Grades where a folder of the lab's has no room.
  private func grade(_ folder: URL, without variable: String) async throws -> LabProcess.Outcome {
    let place = folder.appending(path: "t")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let call = call(folder)
    return try await GuestLimiter.shared.run {
      try await LabProcess.run(
        call, environment: [variable: place.path],
        within: ["bwrap", "--dev-bind", "/", "/", "--size", "8192", "--tmpfs", place.path])
    }
  }

  @Test func noRoomForTemporaryFilesEndsTheGradingAndIsNobodysResult() async throws {
    // The path of a socket in it has to be a short one.
    let folder = URL(filePath: "/tmp/t\(UInt32.random(in: 0...UInt32.max))")
    let made = try makeClass()
    try FileManager.default.moveItem(at: made, to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    expectEnd(try await grade(folder, without: "TMPDIR"), "there is no room left in \(folder.path)")
  }

  @Test func aCacheWithoutRoomMattersToNobody() async throws {
    let folder = try makeClass()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await grade(folder, without: "XDG_CACHE_HOME")
    #expect(outcome.status == 0 && outcome.output.contains("ALL PASSED  5 passed"), "\(outcome)")
  }

  @Test func aRunFolderThatIsTakenAwayIsMissed() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await GuestLimiter.shared.run {
      let run = try LabProcess.start([
        "run", "3", Self.program, "--output", folder.path + "/run", "--emulator", "bundled",
      ])
      while run.process.isRunning, !run.printed.contains("PASS") { try await Task.sleep(for: .milliseconds(5)) }
      try FileManager.default.moveItem(atPath: folder.path + "/run", toPath: folder.path + "/aside")
      return await run.outcome()
    }
    #expect(outcome.status == 11, "\(outcome)")
    #expect(
      outcome.output.contains("/run was removed, moved or replaced while the lab was writing to it"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/run"))
  }
}
