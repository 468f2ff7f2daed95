// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension FirmwareBuilder {
  /// Looks whether there is a folder for objects, and makes one where there is none.
  /// - Parameter cache: the lab's cache folder.
  /// - Returns: the folder.
  /// - Throws: `LabError` if it cannot be written to.
  @discardableResult public static func checkCache(_ cache: String = defaultCache) throws -> String {
    let folder = try ObjectCache(cache: cache).folder
    guard access(folder, W_OK | X_OK) == 0 else {
      throw LabError(
        code: "cache.unwritable", message: "cannot write to \(folder): \(String(cString: strerror(errno)))",
        remedy: "let it be written to, or set XDG_CACHE_HOME to a folder with room")
    }
    return folder
  }
}
