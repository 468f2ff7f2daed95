// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What one student handed in, found but not yet opened.
public struct ClassSubmission: Hashable, Sendable {
  /// What it is.
  public enum Form: Hashable, Sendable {
    /// A source file or a folder, to be built as it lies there.
    case plain
    /// A zip or tar archive, to be unpacked at its turn.
    case archive
    /// Something that cannot be graded, and why: it is not opened. Unpacking it throws the reason.
    case refused(SubmissionRefusal)
  }

  /// Who handed it in: the name of the file or folder without its extension, or the roster's id. Hostile text.
  public var student: String
  /// The student's name in the roster.
  public var name: String?
  /// The student's address in the roster.
  public var email: String?
  /// Its absolute path.
  public var path: String
  /// Its path in the class folder.
  public var origin: String
  /// What it is.
  public var form: Form
  /// The SHA-256 of what was handed in, in hexadecimal digits.
  public var digest: String

  /// - Parameters: as the properties of the same names.
  public init(
    student: String, name: String? = nil, email: String? = nil, path: String, origin: String, form: Form, digest: String
  ) {
    self.student = student
    self.name = name
    self.email = email
    self.path = path
    self.origin = origin
    self.form = form
    self.digest = digest
  }
}
