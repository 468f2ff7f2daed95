// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabReports

/// What a schema is of.
enum SchemaSubject: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// `result.json`, which each run leaves.
  case run
  /// `class.json`, which grading a class leaves.
  case `class`
}

/// Prints the schema of results.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of result.json or class.json.",
    discussion: """
      Each run leaves its result in result.json, and 'lab run --format json' prints the same. A program that reads it can rely on \
      this schema: a change that breaks it comes with another number in the key schema. What grading a class leaves is class.json.
      """)

  @Option(name: .customLong("of"), help: "Whose schema: of a run's result.json, or of a class's class.json.")
  var subject = SchemaSubject.run

  func run() async throws {
    Console.current.output.write(Printout(own: subject == .run ? ResultSchema.json : ClassSchema.json))
  }
}
