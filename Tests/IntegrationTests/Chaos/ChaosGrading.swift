// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A grading of a small class that is disturbed once, in a folder of its own.
struct ChaosGrading {
  /// The students and what they handed in, below `labs/03-command-server/submissions`.
  private static let handedIn = [
    "ann": "correct/line-buffered.c", "bob": "wrong/prefix-match.c", "cyd": "refused/syntax-error.c",
    "dan": "correct/task-per-client.c",
  ]
  /// About how long it takes undisturbed.
  private static let length = Duration.seconds(5)

  let folder: URL

  init() throws {
    folder = URL(filePath: "/tmp/lab-chaos-\(UInt32.random(in: 0...UInt32.max))")
    for name in ["class", "t"] {
      try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    for student in Self.handedIn.keys {
      try program(of: student).copy(to: folder.appending(path: "class/\(student).c"))
    }
  }

  /// Takes everything away.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Grades, and disturbs that.
  /// - Returns: what was done to whom, what it came to, and what to look at.
  func disturb(with disturbance: Disturbance) async throws -> (event: String, outcome: ChaosOutcome, remark: String) {
    let run = try LabProcess.start(
      [
        "grade", "3", folder.path + "/class", "--output", folder.path + "/grades", "--emulator", "bundled", "--jobs",
        "2",
      ], environment: ["TMPDIR": folder.path + "/t"])
    let lab = run.process.processIdentifier
    try await Task.sleep(for: Self.length * disturbance.moment)
    let event = await disturbance.take(run)
    guard let outcome = await run.outcome(within: .seconds(600)) else {
      kill(lab, SIGKILL)
      return (event, .hang, run.printed)
    }
    guard await HostProcess.allGone(deadline: .seconds(30), { $0.mentions(folder.path) }) else {
      return (event, .orphan, "\(HostProcess.all().filter { $0.mentions(folder.path) }.map(\.executable))")
    }
    let left = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/t")) ?? []
    guard left.isEmpty else { return (event, .litter, "\(left)") }
    let (result, remark) = judge(outcome)
    return (event, result, remark)
  }

  private func judge(_ outcome: LabProcess.Outcome) -> (ChaosOutcome, String) {
    let remark = outcome.output + outcome.errors
    let file = folder.appending(path: "grades/class.json")
    guard let result = try? JSONDecoder().decode(ClassResult.self, from: Data(contentsOf: file)) else {
      return (outcome.status == 11 ? .error : .wrong, remark)
    }
    let known = result.students.filter { $0.verdict != .error }
    let areTrue = known.allSatisfy { student in
      program(of: student.student).isTrue(student.verdict.rawValue, student.checks.map { ($0.id, $0.status) })
    }
    guard areTrue else { return (.wrong, remark) }
    let isWhole = known.count == Self.handedIn.count
    return outcome.status == (isWhole ? 10 : 11) ? (isWhole ? .right : .error, remark) : (.wrong, remark)
  }

  private func program(of student: String) -> ChaosProgram {
    ChaosProgram("03-command-server/submissions/\(Self.handedIn[student] ?? "")")
  }
}
