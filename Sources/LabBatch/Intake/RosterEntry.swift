// SPDX-License-Identifier: Apache-2.0

/// One student of the roster.
public struct RosterEntry: Hashable, Sendable {
  /// The id by which results name the student.
  public var student: String
  /// The student's name.
  public var name: String?
  /// The student's address.
  public var email: String?
  /// What else may stand for the student in the name of a file: the ids that a learning platform gave.
  public var identifiers: [String]

  /// - Parameters: as the properties of the same names.
  public init(student: String, name: String? = nil, email: String? = nil, identifiers: [String] = []) {
    self.student = student
    self.name = name
    self.email = email
    self.identifiers = identifiers
  }
}
