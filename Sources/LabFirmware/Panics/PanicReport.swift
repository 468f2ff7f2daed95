// SPDX-License-Identifier: Apache-2.0

/// What a panicking guest printed, understood.
public struct PanicReport: Codable, Hashable, Sendable {
  /// What went wrong.
  public enum Kind: Codable, Hashable, Sendable {
    /// The CPU raised an exception, such as `Load access fault`.
    case exception(String)
    /// `abort()` was called.
    case abort
    /// An assertion or an `ESP_ERROR_CHECK` failed; what it says of itself.
    case assertion(String)
    /// A task ran out of its stack; its name, or nothing if that is not known.
    case stackOverflow(task: String)
    /// A task or an interrupt handler kept the CPU for too long; the tasks that ran. The guest may have gone on.
    case watchdog(tasks: [String])
  }

  /// A place in the program.
  public struct Frame: Codable, Hashable, Sendable {
    /// Where the address stood: `PC` (the call of `abort`, and on Xtensa where it happened), `return` (where the failed ESP_ERROR_CHECK would have gone
    /// on), `MEPC` (where it happened, on RISC-V), `RA` (the register; who called that, as a rule), `stack` (who called that, by the stack) or `backtrace`
    /// (the same as the device itself tells it, on Xtensa).
    public var role: String
    /// The address.
    public var address: UInt32
    /// The function, if it is known.
    public var function: String?
    /// The file as the student knows it, if it is known.
    public var file: String?
    /// The line, from 1, if it is known.
    public var line: Int?

    /// - Parameters: as the properties of the same names.
    public init(role: String, address: UInt32, function: String? = nil, file: String? = nil, line: Int? = nil) {
      self.role = role
      self.address = address
      self.function = function
      self.file = file
      self.line = line
    }
  }

  /// What went wrong.
  public var kind: Kind
  /// The line that says so, as the guest printed it.
  public var message: String
  /// The places that the report names, in its order.
  public var frames: [Frame]
  /// What it says of a RISC-V processor's state.
  var state = ProcessorState()

  /// - Parameters: as the properties of the same names.
  public init(kind: Kind, message: String, frames: [Frame]) {
    self.kind = kind
    self.message = message
    self.frames = frames
  }

  /// The first place that lies in a file of the student's, if one does.
  public var place: Frame? { frames.first(where: \.isStudents) }
}

extension PanicReport.Frame {
  /// Whether it lies in a file of the student's.
  var isStudents: Bool {
    file.map { !$0.hasPrefix("/") && !$0.hasPrefix("sdk/") && !$0.hasPrefix("lwip/") } ?? false
  }
}
