// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A firmware that was built and can be booted.
public struct FirmwareImage: Hashable, Sendable {
  /// The language of its sources.
  public var language: FirmwareLanguage
  /// The absolute path of the flash image: exactly 4 MB, sparse.
  public var flash: String
  /// The absolute path of the ELF file, with which addresses become functions and lines.
  public var elf: String
  /// The folder of the Swift toolchain that built it, if one did: its tools know the program best.
  public var swiftTools: String?
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
  /// What was seen and not acted upon, for the student to know.
  public var notes: [String]
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
  /// The language of the submission, if it could be told.
  public var language: FirmwareLanguage?

  init(
    _ kind: Kind, _ message: String, hint: String? = nil, diagnostics: [Diagnostic] = [], log: BuildLog = BuildLog()
  ) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.diagnostics = diagnostics
    self.log = log
  }

  init(_ problem: SubmissionProblem) {
    self.init(.submission(problem), problem.description, hint: problem.hint)
  }
}
