// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel
import LabReports

/// Tells what a run would use.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what a run would use, and what is missing.",
    discussion: """
      Looks for the sandbox, the SDKs and the emulators, and says for programs in each language which of them a run would take and \
      why, and which labs can be run. What is missing comes with the command that mends it. Exit code 0 if a lab can be run, 11 if not.
      """)

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp("The chip that a run is to be for; esp32c3 unless told.", valueName: "chip"))
  var chip: Chip?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = Console.current
    let examination = await Doctor(console: console, wish: ToolWish(chip: chip)).examine()
    switch output.format {
    case .text: console.output.write(DoctorReport.text(examination, style: console.style(output.color)))
    case .json: try console.output.write(json: examination)
    }
    guard examination.isFit else { throw ExitCode.labFailed }
  }
}
