// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Mistakes that a program's file shows, and a run of some seconds does not.
public struct ProgramExamination: Equatable, Sendable {
  /// A mistake: its id in the catalogue, and what shows it.
  public struct Finding: Equatable, Sendable {
    /// The mistake's id.
    public var mistake: String
    /// What was found, as a sentence.
    public var fact: String
  }

  /// What was found.
  public var findings: [Finding] = []

  /// Examines a program.
  /// - Parameter elf: the path of its ELF file; one that cannot be read shows nothing.
  public init(elf: String) {
    guard let program = FileManager.default.contents(atPath: elf).flatMap({ ProgramFile(Array($0)) }) else { return }
    // lwIP's names: `lwip/netdb.h` has the standard ones as macros.
    if program.hasSymbol("lwip_getaddrinfo"), !program.hasSymbol("lwip_freeaddrinfo") {
      findings.append(
        Finding(mistake: "addrinfo-not-freed", fact: "The program calls getaddrinfo(), and freeaddrinfo() nowhere."))
    }
  }
}
