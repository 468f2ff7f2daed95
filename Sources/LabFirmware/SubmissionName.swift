// SPDX-License-Identifier: Apache-2.0

/// The names in a submission, which are the student's to choose, on their way to the tools that build it. No name becomes an argument but through
/// ``argument(for:in:)``, and none is read that ``check(_:)`` refuses.
///
/// gcc, its parts and swiftc take an argument that begins with `@` for a file of further arguments, wherever it stands, behind `-I` as well
/// (gcc's manual, "Overall Options"; libiberty's `expandargv()`), and one that begins with `-` for an option.
enum SubmissionName {
  /// Makes an argument of a path that has been checked.
  /// - Parameters:
  ///   - path: relative to the submission's root; `.` is the root itself.
  ///   - root: the lab's copy of the submission as the tool finds it: an absolute path, or `.` where the tool starts there.
  /// - Returns: the path, beginning with that of the root.
  static func argument(for path: String, in root: String) -> String { path == "." ? root : "\(root)/\(path)" }

  /// Looks whether a path can be built with.
  /// - Parameter path: relative to the submission's root.
  /// - Throws: `SubmissionProblem` if one of its parts could be taken for something else than a name.
  static func check(_ path: String) throws(SubmissionProblem) {
    for part in path.unicodeScalars.split(separator: "/") {
      // By code points: a mark that joins one to a character is nothing to a tool.
      if let first = part.first, first == "-" || first == "@" {
        throw .unusableName(
          path, reason: "a part of it begins with \(first), which build tools take for an option or a file of options")
      }
      // Line separators end lines for some tools and not for others; quotes and backslashes stand for something else in what includes a file.
      if part.contains(where: { "\"\\".unicodeScalars.contains($0) || isControl($0) }) {
        throw .unusableName(path, reason: "it has a quotation mark, a backslash or a control character")
      }
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    // What cannot be decoded is shown as this one: the name that a tool would get is not the one on the disk.
    default: scalar == "\u{fffd}"
    }
  }
}
