// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A student's program as it was handed in: read, checked and listed, but not yet seen by a compiler.
///
/// Its files are held in memory, so that what was checked is what is built. Nothing of it is ever executed on the host: a
/// project's CMake files are read for names and no more.
public struct Submission: Hashable, Sendable {
  /// What was handed in.
  public enum Form: Hashable, Sendable {
    /// One source.
    case file
    /// A folder of sources.
    case folder
    /// An ESP-IDF project: `CMakeLists.txt` and `main/`.
    case project
  }

  /// A file that the compiler may read.
  public struct File: Hashable, Sendable {
    /// Its path relative to the submission's root, as compiler messages show it.
    public var path: String
    /// What is in it.
    public var contents: [UInt8]
  }

  /// What was handed in.
  public var form: Form
  /// The language of its sources; they are all in one.
  public var language: FirmwareLanguage
  /// The absolute path of the folder to which all others are relative.
  public var root: String
  /// The files that are compiled, relative to `root`, sorted.
  public var sources: [String]
  /// Sources, headers and other text that a source may include, sorted by path.
  public var files: [File]
  /// The folders that `#include` looks in, relative to `root`; `.` is `root` itself.
  public var includeFolders: [String]
  /// The header through which Swift sources see C, relative to `root`.
  public var bridgingHeader: String?
  /// The options of the project's own Kconfig and `sdkconfig.defaults`, by name (`CONFIG_…`), as C sees their values.
  public var configuration: [String: String]
  /// What the project's `sdkconfig.defaults` says, by name (`CONFIG_…`), as Kconfig writes values.
  public var assignments: [String: String] = [:]
  /// What a project's build takes beside its sources.
  public var extras = ProjectExtras()
  /// What was seen and not acted upon, for the student to know.
  public var notes: [String]

  /// The names of folders of generated or foreign things, which are not looked into.
  public static let generatedFolders: Set = [
    "build", "managed_components", "CMakeFiles", "node_modules", "__pycache__",
  ]
}

/// How much a submission may hold.
public struct SubmissionLimits: Hashable, Sendable {
  /// How many files.
  public var files = 500
  /// How many bytes in one file.
  public var fileSize = 1 << 20
  /// How many bytes in all.
  public var totalSize = 8 << 20
  /// How many folders deep.
  public var depth = 12

  /// The limits of an ordinary submission.
  public init() {}
}
