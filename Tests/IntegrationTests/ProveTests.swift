// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabMutation
import Testing

/// `lab prove` makes mutants of real solutions and grades them on real guests.
@Suite struct ProveTests {
  /// Runs `lab prove` with JSON output.
  private func prove(_ arguments: String..., into folder: URL) async throws -> (result: ProofResult, errors: String) {
    let outcome = try await LabProcess.run(["prove"] + arguments + ["--format", "json", "--output", folder.path])
    #expect([0, 10].contains(outcome.status), "\(outcome.errors)")
    return (try JSONDecoder().decode(ProofResult.self, from: Data(outcome.output.utf8)), outcome.errors)
  }

  @Test func aSampleIsGradedAndGoneOnWith() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (result, _) = try await prove("3", "--sample", "8", "--seed", "3", into: folder)
    #expect(result.mutants.count == 8)
    #expect(result.count(.error) == 0, "\(result.mutants)")
    #expect(result.count(.killed) > 0)
    for mutant in result.mutants where mutant.outcome == .killed { #expect(!mutant.failed.isEmpty, "\(mutant)") }
    for mutant in result.mutants where mutant.outcome == .equal { #expect(mutant.reason != nil, "\(mutant)") }
    #expect(result.checks.map(\.points).reduce(0, +) == 100)

    // The second call finds all of it done; the larger one grades only what is new.
    let (again, _) = try await prove("3", "--sample", "8", "--seed", "3", into: folder)
    #expect(again.mutants.map(\.id) == result.mutants.map(\.id))
    #expect(again.mutants.map(\.outcome) == result.mutants.map(\.outcome))
    let journal = try String(contentsOf: folder.appending(path: "journal.jsonl"), encoding: .utf8)
    let graded = journal.split(separator: "\n").count { $0.contains(#""event":"graded""#) }
    #expect(graded <= 9, "each mutant and the solution once")
  }

  @Test func aProgramThatDoesNotPassProvesNothing() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await LabProcess.run([
      "prove", "3", "labs/03-command-server/submissions/wrong/prefix-match.c", "--sample", "1", "--output", folder.path,
    ])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("itself does not pass"), "\(outcome.errors)")
  }

  @Test func onlyProgramsInCHaveMutants() async throws {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await LabProcess.run([
      "prove", "3", "firmware/03-command-server-swift", "--sample", "1", "--output", folder.path,
    ])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("only C has mutants"), "\(outcome.errors)")
  }
}
