// SPDX-License-Identifier: Apache-2.0

/// A firmware that was built and can be booted.
public struct FirmwareImage: Hashable, Sendable {
  /// The absolute path of the flash image: exactly 4 MB, sparse.
  public var flash: String
  /// The absolute path of the ELF file, with which addresses become functions and lines.
  public var elf: String
  /// What the compiler and the linker printed.
  public var log: BuildLog
  /// The wall time of the build.
  public var duration: Duration
  /// How many sources there were.
  public var sourceCount: Int
  /// How many of them had to be compiled; the others had not changed.
  public var compiledCount: Int
  /// The compiler's warnings about the student's sources.
  public var warnings: [Diagnostic]
}

/// What the compiler and the linker printed, with the paths that the student knows.
public struct BuildLog: Hashable, Sendable {
  /// With the compiler's colours and no other control code.
  public var coloured: String
  /// Without any control code.
  public var plain: String
}

/// A message of the compiler or the linker.
public struct Diagnostic: Codable, Hashable, Sendable {
  /// How serious it is.
  public enum Severity: String, Codable, Sendable {
    case error, warning, note
  }

  /// The file as the student knows it; `nil` if the message belongs to none.
  public var file: String?
  /// The line, from 1.
  public var line: Int?
  /// The column, from 1.
  public var column: Int?
  /// How serious it is.
  public var severity: Severity
  /// What it says.
  public var message: String

  /// - Parameters: as the properties of the same names.
  public init(file: String? = nil, line: Int? = nil, column: Int? = nil, severity: Severity, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.message = message
  }
}

/// Why there is no firmware. It is the student's program that fails, not the lab.
public struct BuildFailure: Error, Hashable, Sendable {
  /// What kind of failure.
  public enum Kind: Hashable, Sendable {
    /// The submission cannot be used at all: nothing there, no sources, a binary file, another language, and so on.
    case submission(SubmissionProblem)
    /// A source does not compile.
    case compile
    /// The program does not link, for another reason than those below.
    case link
    /// There is no `app_main`.
    case noAppMain
    /// It uses functions or headers that the bundled SDK lacks.
    case absentAPI(names: [String])
    /// It does not fit into the flash or the memory of the board.
    case tooBig
    /// The compiler did not come to an end.
    case timeout
  }

  /// What kind of failure.
  public var kind: Kind
  /// What happened, in one sentence.
  public var message: String
  /// What the student can do about it, if there is more to say.
  public var hint: String?
  /// The errors, in the order in which they were printed.
  public var diagnostics: [Diagnostic]
  /// What the compiler and the linker printed.
  public var log: BuildLog
}
