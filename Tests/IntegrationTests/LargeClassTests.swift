// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Whole classes. They take minutes, so each runs only where an environment variable gives its size.
///
///     LAB_TEST_CLASS=200 swift test --filter LargeClassTests     graded twice, once killed and resumed
///     LAB_BENCH_CLASS=500 swift test --filter LargeClassTests    submissions a minute, for 1, 2, 4 and 8 at a time
@Suite(.serialized) struct LargeClassTests {
  private static func size(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

  private func grade(_ large: LargeClass, into results: String, jobs: Int) throws -> RunningLab {
    try LabProcess.start([
      "grade", "3", large.submissions.path, "--output", "\(large.folder.path)/\(results)", "--jobs", "\(jobs)",
      "--emulator", "bundled",
    ])
  }

  private func text(_ large: LargeClass, _ path: String) throws -> String {
    try String(contentsOf: large.folder.appending(path: path), encoding: .utf8)
  }

  private func lines(_ large: LargeClass, _ path: String) throws -> [Substring] {
    try text(large, path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func result(_ large: LargeClass, _ results: String) throws -> ClassResult {
    try JSONDecoder().decode(ClassResult.self, from: Data(text(large, "\(results)/class.json").utf8))
  }

  @Test(.enabled(if: size("LAB_TEST_CLASS") != nil, "LAB_TEST_CLASS gives no size"))
  func aWholeClassIsGradedAsDeclaredHoweverItIsDone() async throws {
    let count = try #require(Self.size("LAB_TEST_CLASS"))
    let large = try await LargeClass(count: count)
    defer { large.remove() }
    #expect(large.expected.count == count)

    let whole = try await grade(large, into: "whole", jobs: 2).outcome()
    #expect(whole.status == 10, "\(whole.output.suffix(2000)) \(whole.errors)")
    let differences = large.differences(in: try result(large, "whole"))
    #expect(differences == [], "\(differences.joined(separator: "\n"))")

    let killed = try grade(large, into: "killed", jobs: 4)
    let journal = large.folder.appending(path: "killed/journal.jsonl")
    while killed.process.isRunning {
      let lines = (try? String(contentsOf: journal, encoding: .utf8)) ?? ""
      if lines.components(separatedBy: "\"event\":\"graded\"").count > count / 3 { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    kill(killed.process.processIdentifier, SIGKILL)
    _ = await killed.outcome()
    #expect(await HostProcess.allGone(deadline: .seconds(60)) { $0.mentions(large.folder.path) })
    let resumed = try await grade(large, into: "killed", jobs: 4).outcome()
    #expect(resumed.status == 10)
    #expect(resumed.output.contains("done already; going on"))
    for name in ["class.json", "grades.csv"] {
      let (first, second) = (try lines(large, "whole/\(name)"), try lines(large, "killed/\(name)"))
      let other = zip(first, second).filter { $0 != $1 }.map { "\($0) - \($1)" }
      #expect(first == second, "\(name): \(other.joined(separator: "\n"))")
    }
    print("\(count) submissions, twice: " + (whole.output.split(separator: "\n").last ?? ""))
  }

  @Test(.enabled(if: size("LAB_BENCH_CLASS") != nil, "LAB_BENCH_CLASS gives no size"))
  func submissionsAMinute() async throws {
    let count = try #require(Self.size("LAB_BENCH_CLASS"))
    let large = try await LargeClass(count: count, isHostile: false)
    defer { large.remove() }
    for jobs in [1, 2, 4, 8] {
      let began = ContinuousClock.now
      let run = try grade(large, into: "jobs\(jobs)", jobs: jobs)
      var peak = 0.0
      while run.process.isRunning {
        let guests = HostProcess.all().filter {
          $0.executable == "qemu-system-riscv32" && $0.mentions(large.folder.path)
        }
        let memory = guests.map { Double($0.residentMemory) }.max() ?? 0
        peak = max(peak, memory)
        try await Task.sleep(for: .milliseconds(200))
      }
      _ = await run.outcome()
      let minutes = (ContinuousClock.now - began) / .seconds(60)
      let differences = large.differences(in: try result(large, "jobs\(jobs)"))
      #expect(differences == [], "\(differences.joined(separator: "\n"))")
      print(
        "\(jobs) at a time: \((Double(count) / minutes).rounded()) a minute, \(differences.count) false of \(count), "
          + "an emulator takes \((peak / 1e6).rounded()) MB at the most")
    }
  }
}
