// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabReports

/// What a result is written for.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// People.
  case text
  /// Programs.
  case json
}

extension ColorChoice: ExpressibleByArgument {}

/// The options for output, the same for all subcommands.
struct OutputOptions: ParsableArguments {
  @Option(help: "What to print: text for people, json for programs.")
  var format: OutputFormat = .text

  @Option(help: "When to use colours: auto, always or never. auto leaves them out on a pipe and with NO_COLOR set.")
  var color: ColorChoice = .auto
}
