// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A first build of a Swift program makes what later ones share. Whenever it is killed, the next run finds nothing that harms it.
///
///     LAB_TEST_KILLS=50 swift test --filter KilledFirstBuildTests     kills 50 first builds; default: 2
@Suite struct KilledFirstBuildTests {
  private static let program = "labs/03-command-server/submissions-swift/correct/strings.swift"
  private static let moments =
    ProcessInfo.processInfo.environment["LAB_TEST_KILLS"].flatMap { Int($0) } ?? 2

  private func start(_ folder: URL, _ name: String) throws -> RunningLab {
    try LabProcess.start(
      ["run", "3", Self.program, "--output", folder.path + "/" + name],
      environment: ["XDG_CACHE_HOME": folder.path + "/cache"])
  }

  @Test func theNextRunPasses() async throws {
    let length = try await GuestLimiter.shared.run { () -> Double in
      let folder = try LabProcess.temporaryFolder()
      defer { try? FileManager.default.removeItem(at: folder) }
      let began = ContinuousClock.now
      let outcome = try await self.start(folder, "whole").outcome()
      try #require(outcome.status == 0, "\(outcome)")
      return (ContinuousClock.now - began) / .seconds(1)
    }
    var random = SeededGenerator(seed: 1)
    for moment in 0..<Self.moments {
      let delay = Double.random(in: 0...length, using: &random)
      let signal = moment.isMultiple(of: 2) ? SIGKILL : SIGINT
      try await GuestLimiter.shared.run {
        let folder = try LabProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let killed = try self.start(folder, "killed")
        // The moment itself: any will do, so a busy host only makes it another one.
        try await Task.sleep(for: .seconds(delay))
        kill(killed.process.processIdentifier, signal)
        _ = await killed.outcome()
        let outcome = try await self.start(folder, "next").outcome()
        #expect(outcome.status == 0, "after \(delay) s, signal \(signal): \(outcome)")
        guard moment == 0 else { return }
        // What is kept moves with its folder.
        let moved = folder.path + "/elsewhere"
        try FileManager.default.moveItem(atPath: folder.path + "/cache", toPath: moved)
        guard moment == 0 else { return }
        let again = try await LabProcess.run(
          ["run", "3", Self.program, "--output", folder.path + "/moved"], environment: ["XDG_CACHE_HOME": moved])
        #expect(again.status == 0, "moved: \(again)")
      }
    }
  }
}
