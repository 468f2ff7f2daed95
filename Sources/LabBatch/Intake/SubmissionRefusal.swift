// SPDX-License-Identifier: Apache-2.0

/// Why what a student handed in cannot be opened. It is for the student, or for who gathered the class, to put right; it
/// counts as a program that does not build.
public struct SubmissionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as a sentence without a final full stop. It may quote hostile names, with everything written out.
  public var reason: String
  /// What to do about it.
  public var hint: String

  /// - Parameters: as the properties of the same names.
  public init(_ reason: String, hint: String) {
    self.reason = reason
    self.hint = hint
  }

  /// Both, in one sentence.
  public var description: String { "\(reason): \(hint)" }
}
