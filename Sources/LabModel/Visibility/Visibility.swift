// SPDX-License-Identifier: Apache-2.0

/// Whom something is shown to. What a student may see, an instructor sees as well.
public enum Visibility: String, Codable, CaseIterable, Sendable {
  /// Everyone: the student, and the instructor.
  case student
  /// The instructor only.
  case instructor
}
