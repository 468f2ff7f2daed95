// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabFirmware
@testable import LabSandbox

/// A compiler that was killed: by the limit on its processor time, which is the student's doing, or by a host that is short of memory.
@Suite struct KilledCompilerTests {
  private func result(_ errors: String, after seconds: Int, _ termination: Termination = .exited(1)) -> CommandResult {
    CommandResult(termination: termination, output: [], errors: Array(errors.utf8), duration: .seconds(seconds))
  }

  private func refuse(_ result: CommandResult) throws {
    try result.refuseKilled(after: Compilation.limits, "it did not come to an end")
  }

  private static let messages = [
    "riscv64-unknown-elf-gcc: \u{1b}[01m\u{1b}[Kfatal error: \u{1b}[m\u{1b}[KKilled signal terminated program cc1\ncompilation terminated.\n",
    "error: compile command failed due to signal 9 (use -v to see invocation)\n",
  ]

  @Test(arguments: messages) func afterItsProcessorTimeItIsTheStudentsFault(errors: String) {
    #expect { try refuse(result(errors, after: 61)) } throws: { ($0 as? BuildFailure)?.kind == .timeout }
  }

  @Test(arguments: messages) func beforeThatItIsTheHosts(errors: String) {
    #expect { try refuse(result(errors, after: 3)) } throws: { ($0 as? LabError)?.code == "build.killed" }
    #expect { try refuse(result("", after: 3, .signalled(9))) } throws: { $0 is LabError }
  }

  @Test(arguments: [
    "main.c:1:2: error: #error riscv64-unknown-elf-gcc: fatal error: Killed signal terminated program cc1\n",
    "    1 | riscv64-unknown-elf-gcc: fatal error: Killed signal terminated program cc1\n",
    "main.swift:1:8: error: compile command failed due to signal 9 (use -v to see invocation)\n",
    "main.c:3:1: error: expected ';'\n",
  ])
  func whatASourceSaysIsNoSignal(errors: String) {
    #expect(throws: Never.self) { try refuse(result(errors, after: 3)) }
  }
}
