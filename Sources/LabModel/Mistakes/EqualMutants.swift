// SPDX-License-Identifier: Apache-2.0

/// The changes of a lab's solution that are no mistakes, since nobody who uses the device can tell: those that a person has looked at.
public struct EqualMutants: Equatable, Sendable {
  /// Some changes that are no mistakes, all for the same reason. It is about each change that fits all that it names.
  public struct Entry: Equatable, Sendable {
    /// A part of the line as the solution has it.
    public var line: String?
    /// A part of the changed line.
    public var becomes: String?
    /// The function that the line is in.
    public var function: String?
    /// The kind of the change.
    public var kind: String?
    /// Why nobody can tell.
    public var reason: String

    /// - Parameters: as the properties of the same names.
    public init(
      line: String? = nil, becomes: String? = nil, function: String? = nil, kind: String? = nil, reason: String
    ) {
      self.line = line
      self.becomes = becomes
      self.function = function
      self.kind = kind
      self.reason = reason
    }

    /// Whether it is about a change.
    /// - Parameters:
    ///   - before: the changed lines, as the solution has them.
    ///   - after: the lines with the change.
    ///   - function: the function that they are in.
    ///   - kind: the kind of the change.
    public func covers(before: String, after: String, function: String?, kind: String) -> Bool {
      line.map(before.contains) ?? true && becomes.map(after.contains) ?? true
        && self.function.map { $0 == function } ?? true && self.kind.map { $0 == kind } ?? true
    }
  }

  /// The entries.
  public var entries: [Entry]

  /// - Parameter entries: the entries.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
  }
}
