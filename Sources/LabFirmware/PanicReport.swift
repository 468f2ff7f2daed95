// SPDX-License-Identifier: Apache-2.0

/// What a panicking guest printed, understood.
public struct PanicReport: Codable, Hashable, Sendable {
  /// What went wrong.
  public enum Kind: Codable, Hashable, Sendable {
    /// The CPU raised an exception, such as `Load access fault`.
    case exception(String)
    /// `abort()` was called.
    case abort
    /// An assertion failed.
    case assertion(String)
    /// A task ran out of its stack.
    case stackOverflow(task: String)
    /// A task or all of them kept the CPU for too long; the guest may have gone on.
    case watchdog(tasks: [String])
  }

  /// A place in the program.
  public struct Frame: Codable, Hashable, Sendable {
    /// Where the address stood: `MEPC`, `RA`, `PC` or `backtrace`.
    public var role: String
    /// The address.
    public var address: UInt32
    /// The function, if it is known.
    public var function: String?
    /// The file as the student knows it, if it is known.
    public var file: String?
    /// The line, from 1, if it is known.
    public var line: Int?
  }

  /// What went wrong.
  public var kind: Kind
  /// The line that says so, as the guest printed it, safe to show.
  public var message: String
  /// The places that the report names, innermost first.
  public var frames: [Frame]
}
