// SPDX-License-Identifier: Apache-2.0

/// A mistake that students make, and how it is told from the outside.
public struct Mistake: Equatable, Sendable {
  /// A submission that makes it.
  public struct Example: Equatable, Sendable {
    /// The id of the lab that shows it.
    public var lab: String
    /// The submission's path below the lab's `submissions/`.
    public var submission: String

    /// - Parameters: as the properties of the same names.
    public init(lab: String, submission: String) {
      self.lab = lab
      self.submission = submission
    }
  }

  /// A short name, also that of its file.
  public var id: String
  /// What it is, for people.
  public var title: String
  /// What it looks like on the wire.
  public var wire: String
  /// What it looks like on the serial console.
  public var uart: String
  /// What a student reads who seems to have made it: the mistake, not the answer.
  public var hint: HintText
  /// Which of the chapter's common mistakes it is, where it is one.
  public var chapter: String?
  /// A submission that makes it.
  public var shown: Example

  /// - Parameters: as the properties of the same names.
  public init(
    id: String, title: String, wire: String, uart: String, hint: HintText, chapter: String? = nil, shown: Example
  ) {
    self.id = id
    self.title = title
    self.wire = wire
    self.uart = uart
    self.hint = hint
    self.chapter = chapter
    self.shown = shown
  }
}
