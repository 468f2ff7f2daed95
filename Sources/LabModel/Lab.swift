// SPDX-License-Identifier: Apache-2.0

/// An exercise: what is built and run, who plays which part, what is checked, and what each check is worth.
///
/// A lab is written as a `lab.yaml` in its own folder under `labs/`; see `labs/README.md` for the format.
public struct Lab: Equatable, Sendable {
  /// The exercise's number in the chapter, or its name where it has none: what `lab run` takes.
  public var id: String
  /// A short name such as `command-server`, accepted wherever the id is.
  public var name: String
  /// The exercise's title, for people.
  public var title: String
  /// The folder under `firmware/` that holds the reference solution.
  public var firmware: String
  /// Device TCP ports that the host can reach during a run.
  public var forward: [UInt16]
  /// What names resolve to before any step; all others do not exist.
  public var names: [String: NameAnswer]
  /// The guest time after which a run is ended, however far it is.
  public var timeLimit: GuestDuration
  /// The checks, in the order in which they run.
  public var checks: [CheckDefinition]
  /// The known mistakes, which the lab's own diagnoses take their texts from.
  public var mistakes: MistakeCatalogue

  /// The points that a submission can earn.
  public var points: Int { checks.reduce(0) { $0 + $1.points } }

  /// - Parameters: as the properties of the same names.
  public init(
    id: String, name: String, title: String, firmware: String, forward: [UInt16],
    names: [String: NameAnswer] = [:], timeLimit: GuestDuration, checks: [CheckDefinition],
    mistakes: MistakeCatalogue = MistakeCatalogue()
  ) {
    self.id = id
    self.name = name
    self.title = title
    self.firmware = firmware
    self.forward = forward
    self.names = names
    self.timeLimit = timeLimit
    self.checks = checks
    self.mistakes = mistakes
  }
}
