// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel
import LabReports

/// Tells what a run would use.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what a run would use, and what is missing.",
    discussion: """
      Looks for the SDK, the emulators, the sandbox and the set-up, and says for each what a run would take and why. What is \
      missing comes with the command that mends it. Exit code 0 if a lab can be run, 11 if not.
      """)

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = Console.current
    let findings = await Doctor(console: console).examine()
    switch output.format {
    case .text: console.output.write(DoctorReport.text(findings, style: console.style(output.color)))
    case .json: console.output.write(try JSONReport.render(value: findings))
    }
    guard findings.allSatisfy({ $0.state != .missing }) else { throw ExitCode.labFailed }
  }
}
