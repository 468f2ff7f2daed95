// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Where every run works, beside its own folder: what is missing there is missing for all of a class.
enum WorkPlaces {
  /// Bytes without which nothing gets on.
  private static let room: UInt64 = 1 << 20

  /// Looks whether the lab can write to the folder for temporary files.
  /// - Throws: `LabError` if it cannot.
  static func check() throws {
    let directory = try PrivateDirectory()
    var status = statvfs()
    guard statvfs(directory.path, &status) == 0 else { return }
    let isFull = UInt64(status.f_bavail) * UInt64(status.f_frsize) < room || status.f_files > 0 && status.f_favail == 0
    guard isFull else { return }
    throw LabError(
      code: "disk.full", message: "there is no room left in \(directory.path)",
      remedy: "free some space, or set TMPDIR to a folder with room; the same command then goes on from here")
  }
}
