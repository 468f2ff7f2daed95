// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Which file or folder a path leads to, whatever it is called.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  /// - Parameter status: what the system says about the file.
  public init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// - Parameter path: a path; links are followed.
  /// - Returns: `nil` if there is nothing.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// - Parameter descriptor: an open file.
  /// - Returns: `nil` if it is none.
  public init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}
