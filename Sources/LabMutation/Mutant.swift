// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A right program with one mistake made in it.
public struct Mutant: Hashable, Sendable {
  /// The kind of the mistake.
  public var `operator`: MutationOperator
  /// The source file, relative to the program's folder.
  public var file: String
  /// The line that the mistake is in, from 1.
  public var line: Int
  /// The function that it is in; nil outside of all.
  public var function: String?
  /// The lines that it changes, as they were.
  public var before: String
  /// The lines with the mistake.
  public var after: String
  /// The change.
  public var edit: SourceEdit

  /// A name that is the same as long as the line and the mistake are.
  public var id: String {
    var hash = ContentHash()
    for part in [`operator`.rawValue, file, before, after, function ?? ""] { hash.add(part) }
    return "\(`operator`.rawValue)-\(hash.finish().prefix(8))"
  }
}
