// SPDX-License-Identifier: Apache-2.0

/// A failure of the lab itself or of how it was called, as the person at the terminal reads it: what happened and what to do.
///
/// A student's failed check is never a `LabError`; it is a `CheckResult`.
public struct LabError: Error, Codable, Equatable, Sendable, CustomStringConvertible {
  /// A stable, machine-readable name such as `lab.unknown` or `emulator.missing`.
  public var code: String
  /// What happened, as a sentence without a final full stop.
  public var message: String
  /// What the reader can do about it, if there is anything.
  public var remedy: String?
  /// Whether the command line or a file that the caller wrote is at fault (exit code 64) and not the lab (exit code 11).
  public var isUsage: Bool

  /// - Parameters:
  ///   - code: a stable, machine-readable name.
  ///   - message: what happened.
  ///   - remedy: what to do about it.
  ///   - isUsage: whether the call is at fault and not the lab.
  public init(code: String, message: String, remedy: String? = nil, isUsage: Bool = false) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.isUsage = isUsage
  }

  /// The message, and the remedy on a line of its own.
  public var description: String {
    guard let remedy else { return message }
    return "\(message)\n  \(remedy)"
  }
}
