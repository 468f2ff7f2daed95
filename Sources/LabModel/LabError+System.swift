// SPDX-License-Identifier: Apache-2.0
import Foundation

extension LabError {
  /// What a failed system call means for the reader.
  /// - Parameters:
  ///   - action: what could not be done, as in "cannot write the report".
  ///   - code: the `errno` of the call.
  ///   - isUsage: whether a path that the caller named is at fault.
  public init(systemCall action: String, code: Int32, isUsage: Bool = false) {
    switch code {
    case ENOSPC, EDQUOT:
      self.init(
        code: "disk.full", message: "cannot \(action): the disk is full",
        remedy: "Free some space (old run folders may go) and run it again.")
    default:
      self.init(
        code: "file.\(code == EACCES || code == EPERM || code == EROFS ? "denied" : "failed")",
        message: "cannot \(action): \(String(cString: strerror(code)))", isUsage: isUsage)
    }
  }
}
