// SPDX-License-Identifier: Apache-2.0

/// One thing that a lab grades.
public struct CheckDefinition: Equatable, Sendable {
  /// How a check comes to its verdict.
  public enum Method: Equatable, Sendable {
    /// It passes when all steps succeed, in order.
    case steps([Step])
    /// It passes when the device keeps to the lab in all conversations that the lab makes up.
    case explore(Exploration)
    /// It passes when none of these happened during the whole run.
    case never([Mishap])
  }

  /// Something that a healthy device never does during a run.
  public enum Mishap: String, CaseIterable, Codable, Sendable {
    /// The panic handler printed: an exception, an abort, a failed assertion, a stack overflow.
    case panic
    /// The task watchdog or the interrupt watchdog complained.
    case watchdog
    /// The device started again.
    case reboot
  }

  /// A short name, unique in its lab.
  public var id: String
  /// What is checked, as a student reads it.
  public var title: String
  /// What the check is worth, 0 to 1000.
  public var points: Int
  /// The checks that have to pass for this one to mean anything; it is skipped when one of them did not.
  public var needs: [String]
  /// How it comes to its verdict.
  public var method: Method
  /// Explanations for known mistakes, most likely first.
  public var hints: [Hint]
  /// Who sees it. One that only instructors see counts like all others.
  public var visibility: Visibility
  /// The attempt, from 1, from which on its hints are shown to a student.
  public var hintAfter: Int

  /// - Parameters: as the properties of the same names.
  public init(
    id: String, title: String, points: Int, needs: [String] = [], method: Method, hints: [Hint] = [],
    visibility: Visibility = .student, hintAfter: Int = 1
  ) {
    self.id = id
    self.title = title
    self.points = points
    self.needs = needs
    self.method = method
    self.hints = hints
    self.visibility = visibility
    self.hintAfter = hintAfter
  }
}
