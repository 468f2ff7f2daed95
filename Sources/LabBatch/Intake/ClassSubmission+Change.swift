// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension ClassSubmission {
  /// Looks whether what lies in the class folder still is what its digest tells: a result is about that, and about nothing that came later.
  /// - Parameter folder: the class folder.
  /// - Returns: what has happened to it; nil if it is as it was, or is not opened anyhow.
  public func change(in folder: URL) -> LabError? {
    if case .refused = form { return nil }
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return changed("is gone, with the folder of the class") }
    defer { close(descriptor) }
    let name = origin.prefix { $0 != "/" }
    guard let entry = ClassFolderEntry(descriptor, Array(name.utf8)) else { return changed("is gone") }
    return SubmissionDigest.of(entry, in: descriptor).digest == digest ? nil : changed("has changed")
  }

  private func changed(_ what: String) -> LabError {
    LabError(
      code: "submission.changed", message: "\(quoted(origin)) \(what) since the class was looked through",
      remedy: "give the same command again: it grades what is there then", isUsage: true)
  }
}
