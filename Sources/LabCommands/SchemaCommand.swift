// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabReports

/// Prints the schema of results.
struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of result.json.",
    discussion: """
      Each run leaves its result in result.json, and 'lab run --format json' prints the same. A program that reads it can rely on \
      this schema: a change that breaks it comes with another number in the key schema.
      """)

  func run() async throws {
    Console.current.output.write(ResultSchema.json)
  }
}
