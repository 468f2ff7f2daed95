// SPDX-License-Identifier: Apache-2.0

/// A student's program as it was handed in, checked and listed but not yet read by a compiler.
public struct Submission: Hashable, Sendable {
  /// What was handed in.
  public enum Form: Hashable, Sendable {
    /// One C file.
    case file
    /// A folder of C files.
    case folder
    /// An ESP-IDF project: `CMakeLists.txt` and `main/`.
    case project
  }

  /// What was handed in.
  public var form: Form
  /// The absolute path of the folder to which all others are relative.
  public var root: String
  /// The C files that are compiled, relative to `root`, sorted.
  public var sources: [String]
  /// All files that a compiler may read: sources, headers and what they include; relative to `root`, sorted.
  public var files: [String]
  /// The folders that `#include` looks in, relative to `root`; `.` is `root` itself.
  public var includeFolders: [String]
  /// `CONFIG_` lines of `sdkconfig.defaults` that the bundled SDK can honour.
  public var configuration: [String: String]
  /// What was seen and not acted upon, for the student to know.
  public var notes: [String]
}
