// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A folder that only this user can look into, with a path short enough for Unix sockets.
enum PrivateFolder {
  /// Makes a new one.
  /// - Throws: `LabError` if there is no room for it.
  static func make() throws -> String {
    let base = FileManager.default.fileExists(atPath: "/tmp") ? "/tmp" : NSTemporaryDirectory()
    var template = Array("\(base)/lab-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw LabError(
        code: "run.temporary",
        message: "no temporary folder can be made in \(base): \(String(cString: strerror(errno)))",
        remedy: "Make room on the disk.")
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
