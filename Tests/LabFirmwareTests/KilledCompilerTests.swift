// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware
@testable import LabSandbox

/// A tool that did not come to an end of its own: a limit ended it, which is the student's doing, or the host did.
@Suite struct KilledCompilerTests {
  private func judge(_ termination: Termination, _ errors: String = "") throws {
    let result = CommandResult(termination: termination, output: [], errors: Array(errors.utf8), duration: .seconds(3))
    try result.requireOwnEnd(of: "the compiler", on: "main.c")
  }

  private static let limits: [(Termination, BuildFailure.Kind)] = [
    (.signalled(SIGXCPU), .timeout), (.signalled(SIGXFSZ), .tooBig), (.outOfMemory, .compile),
  ]

  @Test(arguments: limits) func whatALimitEndsIsTheStudents(termination: Termination, kind: BuildFailure.Kind) {
    #expect { try judge(termination) } throws: { ($0 as? BuildFailure)?.kind == kind }
  }

  @Test(
    arguments: [.signalled(SIGKILL), .signalled(SIGTERM), .lost, .notStarted, .timedOut, .exited(126)] as [Termination])
  func whatTheHostEndsIsNobodys(termination: Termination) {
    #expect(throws: LabError.self) { try judge(termination) }
  }

  @Test(arguments: [.exited(0), .exited(1), .exited(4), .signalled(SIGSEGV)] as [Termination])
  func whateverItPrintsItsOwnEndCounts(termination: Termination) throws {
    for words in [
      "riscv64-unknown-elf-gcc: fatal error: Killed signal terminated program cc1\ncompilation terminated.\n",
      "error: compile command failed due to signal 9 (use -v to see invocation)\n",
      "bwrap: No permissions to create new namespace\n", "lab-guard: killed: it had more than 1 bytes in memory\n",
    ] { #expect(throws: Never.self) { try judge(termination, words) } }
  }
}
