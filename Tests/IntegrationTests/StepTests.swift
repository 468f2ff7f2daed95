// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Every kind of step on a real guest: a lab of the tests' own, in a checkout of its own.
@Suite struct StepTests {
  /// Runs the lab in a folder that goes away.
  private func run(_ body: (RunResult, String) throws -> Void) async throws {
    let root = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: root) }
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/steps")
    for folder in ["labs", "firmware"] {
      try FileManager.default.copyItem(at: fixture.appending(path: folder), to: root.appending(path: folder))
    }
    try Data().write(to: root.appending(path: "Package.swift"))
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: ".lab"), withDestinationURL: LabProcess.checkout.appending(path: ".lab"))
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(
        ["run", "steps", "--emulator", "bundled", "--format", "json", "--output", root.path + "/run"],
        environment: ["LAB_ROOT": root.path])
    }
    let result = try #require(
      try? JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8)), "no result: \(outcome)")
    try body(result, try String(contentsOf: root.appending(path: "run/transcript.txt"), encoding: .utf8))
  }

  @Test func everyStepDoesWhatItSays() async throws {
    try await run { result, transcript in
      let expected = Set(result.checks.map(\.id).filter { $0.hasSuffix("-fails") })
      #expect(result.ids(.fail) == expected, "\(result.failures)")
      #expect(result.ids(.pass) == Set(result.checks.map(\.id)).subtracting(expected))
      let checks = Dictionary(uniqueKeysWithValues: result.checks.map { ($0.id, $0) })
      #expect(checks["constant-fails"]?.hints == ["late as expected"])
      #expect(checks["echo-fails"]?.hints == ["told by its port"])
      #expect(checks["elsewhere-fails"]?.seen == "it dialled 10.0.2.2:5000 instead")
      #expect(checks["blocked-fails"]?.seen?.contains("1 attempt within 3 s") == true)
      #expect(checks["quiet-fails"]?.evidence.first?.entry.text.contains("SYN") == true)
      #expect(checks["data-fails"]?.seen?.contains("instead of") == true)
      #expect(transcript.contains("network: 10 of 100 frames are lost (seed 7)"))
      // A check with a restart has its one attempt.
      #expect(!transcript.contains("it runs again on a fresh one"))
    }
  }
}
