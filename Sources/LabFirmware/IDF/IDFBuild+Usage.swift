// SPDX-License-Identifier: Apache-2.0
import LabModel

extension IDFBuild {
  /// Does work that writes to the build folder, and ends it when the folder has too much.
  /// - Throws: `BuildFailure` if it has, `LabError` if the disk is full, besides what the work throws.
  func withinUsage<Product: Sendable>(
    _ work: @escaping @Sendable () async throws -> Product
  ) async throws -> Product {
    do {
      let outcome = try await withThrowingTaskGroup(of: Result<Product, any Error>.self) { group in
        group.addTask {
          do { return .success(try await work()) } catch { return .failure(error) }
        }
        group.addTask { try await usage.watch(folder.build) }
        defer { group.cancelAll() }
        guard let outcome = try await group.next() else { throw CancellationError() }
        return outcome
      }
      // Much can be written between two looks.
      try usage.check(folder.build)
      return try outcome.get()
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
