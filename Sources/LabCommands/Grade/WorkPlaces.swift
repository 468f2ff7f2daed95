// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabSandbox

/// Where every run works, beside its own folder: what is missing there is missing for all of a class.
enum WorkPlaces {
  /// Bytes without which nothing gets on.
  private static let room: UInt64 = 1 << 20

  /// Looks whether the lab can write there. The cache's folder is made anew where it has gone.
  /// - Throws: `LabError` if it cannot.
  static func check() throws {
    let directory = try PrivateDirectory()
    try checkRoom(in: directory.path, "set TMPDIR")
    try checkRoom(in: try FirmwareBuilder.checkCache(), "set XDG_CACHE_HOME")
  }

  private static func checkRoom(in folder: String, _ setting: String) throws {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return }
    let isFull = UInt64(status.f_bavail) * UInt64(status.f_frsize) < room || status.f_files > 0 && status.f_favail == 0
    guard isFull else { return }
    throw LabError(
      code: "disk.full", message: "there is no room left in \(folder)",
      remedy: "free some space, or \(setting) to a folder with room; the same command then goes on from here")
  }
}
