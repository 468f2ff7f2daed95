// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel
import LabReports

/// Lists the labs.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the labs, and what each is worth.",
    discussion: """
      The first column is what 'lab run' takes; the name in the second does as well.
      """)

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = Console.current
    let (labs, problems) = try Checkout(console).library.readableLabs()
    switch output.format {
    case .text: console.output.write(LabListReport.text(labs, style: console.style(output.color)))
    case .json: try console.output.write(json: LabListReport.entries(labs))
    }
    if let problem = LabError(all: problems) { throw problem }
  }
}
