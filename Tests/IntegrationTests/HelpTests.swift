// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the help shows works.
@Suite struct HelpTests {
  @Test func theExampleThatNamesAFolderRuns() async throws {
    let help = try await LabProcess.run(["run", "--help"])
    let lines = help.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let example = try #require(lines.first { $0.hasPrefix("lab 3 ") && $0.contains("/") }, "\(help.output)")
    let words = example.components(separatedBy: "   ")[0].split(separator: " ").map(String.init)
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try await GuestLimiter.shared.run {
      try await LabProcess.run(Array(words.dropFirst()) + ["--output", folder.path + "/run"])
    }
    #expect(run.status == 0, "\(example): \(run)")
  }
}
