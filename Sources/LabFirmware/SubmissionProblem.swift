// SPDX-License-Identifier: Apache-2.0

/// Why a path cannot be built as a submission. Paths are those that the student gave.
public enum SubmissionProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing is there.
  case missing(String)
  /// It may not be read.
  case unreadable(String)
  /// A folder without a C file.
  case empty(String)
  /// A file that is neither C nor a header, such as a compiled program.
  case binary(String)
  /// A project without `main/`, or something that is no file and no folder.
  case notAProject(String, reason: String)
  /// Swift sources, which this build of the SDK cannot compile yet.
  case swift(String)
  /// More or bigger files than a submission may have.
  case tooBig(String, reason: String)
  /// A link that leads out of the submission.
  case linkOutside(String)

  /// What is wrong, as a sentence without a final full stop.
  public var description: String {
    switch self {
    case .missing(let path): "there is nothing at \(path)"
    case .unreadable(let path): "\(path) cannot be read"
    case .empty(let path): "\(path) has no C source file (*.c)"
    case .binary(let path): "\(path) is not a C source file: it holds binary data"
    case .notAProject(let path, let reason): "\(path) is not an ESP-IDF project: \(reason)"
    case .swift(let path): "\(path) is a Swift source: this SDK does not build Embedded Swift yet, only C"
    case .tooBig(let path, let reason): "\(path) is too big: \(reason)"
    case .linkOutside(let path): "\(path) is a link that leads out of the submission"
    }
  }

  /// What the student can do about it.
  public var hint: String {
    switch self {
    case .missing: "check the path; it may be a .c file, a folder of them, or an ESP-IDF project"
    case .unreadable: "check its permissions"
    case .empty, .notAProject:
      "hand in a .c file, a folder with at least one, or a project with CMakeLists.txt and main/"
    case .binary: "hand in the source, not what the compiler made of it"
    case .swift: "hand in the C version"
    case .tooBig: "hand in the sources alone, without build/ and other generated files"
    case .linkOutside: "put the file itself where the link is"
    }
  }
}
