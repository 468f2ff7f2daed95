// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Runs whose folder lies on a disk that fills up: the lab fails and says why, and nobody's grade suffers.
@Suite struct DiskFullTests {
  /// A program that prints without end.
  private static let flood = "labs/03-command-server/submissions/wrong/uart-flood.c"

  /// Sizes of the disk in bytes: it fills up while the firmware is built, and while it runs.
  @Test(arguments: [64 << 10, 1200 << 10, 2000 << 10]) func aFullDiskIsNotTheStudentsFault(size: Int) async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(
        ["run", "3", Self.flood, "--output", folder.path + "/run"],
        within: ["bwrap", "--dev-bind", "/", "/", "--size", "\(size)", "--tmpfs", folder.path])
    }
    #expect(outcome.status == 11)
    let said = outcome.output + outcome.errors
    #expect(said.contains("space") || said.contains("disk is full"), "\(said)")
    #expect(!said.contains("NSCocoaErrorDomain") && !said.contains("FAILED"), "\(said)")
  }

  /// What is kept of a build spares work and is never needed.
  @Test func aCacheWithoutRoomIsDoneWithout() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cache = folder.path + "/cache"
    try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
    let outcome = try await GuestLimiter.shared.run {
      try await LabProcess.run(
        ["run", "3", "--output", folder.path + "/run"], environment: ["XDG_CACHE_HOME": cache],
        within: ["bwrap", "--dev-bind", "/", "/", "--size", "4096", "--tmpfs", cache])
    }
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
