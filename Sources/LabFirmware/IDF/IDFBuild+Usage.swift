// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

extension IDFBuild {
  /// Runs a command that writes to the build folder, and ends it when the folder has too much.
  /// - Throws: `BuildFailure` if it has, `LabError` if the disk is full.
  func run(_ command: SandboxedCommand, outputLimit: Int) async throws -> CommandResult {
    let timeout = ContinuousClock.now.duration(to: deadline)
    do {
      let result = try await withThrowingTaskGroup(of: CommandResult.self) { group in
        group.addTask { try await sandbox.run(command, timeout: timeout, outputLimit: outputLimit) }
        group.addTask { try await usage.watch(folder.build) }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
      }
      try usage.check(folder.build)
      return result
    } catch FolderUsage.Excess.folder {
      try folder.startAnew()
      throw BuildFailure(
        .tooBig,
        "the build was stopped: it has written more than \(usage.bytes >> 20) MiB, or more than "
          + "\(usage.entries) files")
    } catch FolderUsage.Excess.disk {
      throw LabError(
        code: "disk.full", message: "there is next to no room left in \(folder.path)",
        remedy: "free some room, or set XDG_CACHE_HOME to a folder with room")
    }
  }
}
