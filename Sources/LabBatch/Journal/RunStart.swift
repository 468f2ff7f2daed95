// SPDX-License-Identifier: Apache-2.0

/// The beginning of a run.
public struct RunStart: Codable, Equatable, Sendable {
  /// Whose submission it is.
  public var student: String
  /// The submission's SHA-256.
  public var digest: String
  /// The run folder, relative to the folder of the results.
  public var runFolder: String

  /// - Parameters: as the properties of the same names.
  public init(student: String, digest: String, runFolder: String) {
    self.student = student
    self.digest = digest
    self.runFolder = runFolder
  }
}
