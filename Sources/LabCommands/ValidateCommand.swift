// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import LabModel
import LabReports

/// Checks lab files.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check lab files, and that what they name exists.",
    discussion: """
      Reads each lab.yaml as strictly as a run does, and looks for the exercise's README.md, its starters and its reference \
      firmware. Each problem is printed as file:line:column: message. Without a path, all labs are checked, and the catalogue of \
      mistakes.

        lab validate
        lab validate 3
        lab validate labs/03-command-server
      """)

  @Argument(help: "Labs by their number or name, lab files, or folders that hold a lab.yaml.", completion: .file())
  var paths: [String] = []

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let console = Console.current
    let checkout = try Checkout(console)
    let library = checkout.library
    let files = try paths.isEmpty ? library.files() : paths.map { try Self.file($0, console, library) }
    let validator = LabValidator(checkout: checkout)
    var findings = validator.validate(files, shown: console.shown)
    if paths.isEmpty { findings += validator.validateMistakes(shown: console.shown) }
    switch output.format {
    case .text:
      for finding in findings {
        for problem in finding.problems { console.output.write(Self.line(problem, in: finding.file)) }
        if finding.problems.isEmpty { console.output.write("\(Printout(path: finding.file)): valid\n") }
      }
    case .json:
      try console.output.write(json: findings)
    }
    guard findings.allSatisfy(\.problems.isEmpty) else { throw ExitCode.validationFailure }
  }

  /// A problem, which begins with the place of it.
  private static func line(_ problem: LabError, in file: String) -> Printout {
    let text = problem.message
    let rest = text.hasPrefix(file) ? String(text.dropFirst(file.count)) : ": " + text
    let remedy = problem.remedy.map { "  \(Printout(following: $0))\n" as Printout }
    return "\(Printout(path: file))\(Printout(following: rest))\n\(remedy)"
  }

  private static func file(_ path: String, _ console: Console, _ library: LabLibrary) throws -> URL {
    let url = console.resolve(path)
    let file = FileManager.default.isFolder(url) ? url.appending(path: "lab.yaml") : url
    if FileManager.default.fileExists(atPath: file.path) { return file }
    if let file = try library.file(expectedOf: path) { return file }
    throw LabError(
      code: "lab.missing", message: "there is no lab file at \(path), and no lab of that name",
      remedy: "Name a lab, its lab.yaml or the folder that holds it.", isUsage: true)
  }
}
