// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// The clock that Espressif's machine gets, with the bundled machine in its place: to the clock they are alike.
@Suite struct IdleTimeTests {
  private static let bundled: String? = {
    struct Setup: Decodable { var qemu: String? }
    let record = LabProcess.checkout.appending(path: ".lab/setup.json")
    return (try? Data(contentsOf: record)).flatMap { try? JSONDecoder().decode(Setup.self, from: $0).qemu }
  }()

  @Test(.enabled(if: bundled != nil, "the set-up did without the bundled machine"))
  func minutesOfWaitingPassInMoments() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = folder.path + "/run"
    let program = try #require(Self.bundled) + "/bin/qemu-system-riscv32"
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(
        ["run", "5", "--emulator", "espressif", "--format", "json", "--output", run], environment: ["LAB_QEMU": program]
      )
    }
    let result = try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8))
    #expect(result.verdict == .pass, "\(result.failures)")
    #expect(result.emulator == "espressif")
    let waited = result.checks.reduce(0) { $0 + Double($1.duration) / 1e9 }
    #expect(waited > 300)
    #expect(result.seconds < waited / 2)
  }
}
