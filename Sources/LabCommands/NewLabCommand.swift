// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel
import LabReports

/// Begins a new lab.
struct NewLabCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-lab", abstract: "Begin a new lab: a lab file, an exercise, a starter and a solution.",
    discussion: """
      Makes labs/<name> and firmware/<name> from labs/template: a small exercise that is complete, validates and runs at once. Change \
      it into yours. A number before the name is what 'lab run' takes.

        lab new-lab 08-greeter --title "A server that greets"
        lab 8
      """)

  @Argument(help: "The name of its folder: small letters, digits and hyphens, with or without a number before them.")
  var name: String

  @Option(help: "The title, for people; made from the name unless told.")
  var title: String?

  func run() async throws {
    let console = Console.current
    let checkout = try Checkout(console)
    let names = try LabTemplate.Names(folder: name, title: title)
    let folders = try LabTemplate(checkout: checkout).make(names)
    let places = folders.map(console.shown)
    console.output.write(
      """
      Made \(places.joined(separator: " and ")).

        lab \(names.id)
            runs the solution in \(places[1])
        lab \(names.id) \(places[0])/starter
            runs what students begin with
        lab validate \(places[0])
            checks \(places[0])/lab.yaml

      How a lab file is written: labs/README.md

      """)
  }
}
