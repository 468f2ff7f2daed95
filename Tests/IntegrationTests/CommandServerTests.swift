// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Lab 3 on real guests: every submission gets the verdict that it declares.
@Suite struct CommandServerTests {
  private static let lab = "03-command-server"

  private func grade(_ path: String?) async throws -> (result: RunResult, outcome: LabProcess.Outcome) {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let arguments = ["run", "3"] + (path.map { [$0] } ?? []) + ["--format", "json", "--output", folder.path + "/run"]
    let outcome = try await GuestLimiter.shared.run { try await LabProcess.run(arguments) }
    do {
      return (try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8)), outcome)
    } catch {
      Issue.record("no result: \(outcome)")
      throw error
    }
  }

  @Test func theReferencePasses() async throws {
    let (result, outcome) = try await grade(nil)
    #expect(result.verdict == .pass, "\(result.failures)")
    #expect(outcome.status == 0)
    #expect(result.points == 100 && result.maximum == 100)
  }

  @Test func theStarterBuildsAndFailsHonestly() async throws {
    let (result, outcome) = try await grade("labs/\(Self.lab)/starter")
    #expect(result.build?.succeeded == true)
    #expect(result.verdict == .fail)
    #expect(outcome.status == 10)
    #expect(result.checks.first?.status == .pass)
    #expect(result.checks.contains { $0.status == .fail })
  }

  @Test(arguments: DeclaredSubmission.all(lab, "correct"))
  func aCorrectSubmissionPasses(submission: DeclaredSubmission) async throws {
    let (result, outcome) = try await grade(submission.path)
    #expect(submission.verdict == "pass")
    #expect(result.verdict == .pass, "\(result.failures)")
    #expect(outcome.status == 0)
  }

  @Test(arguments: DeclaredSubmission.all(lab, "wrong"))
  func aWrongSubmissionFailsWhatItDeclares(submission: DeclaredSubmission) async throws {
    let (result, outcome) = try await grade(submission.path)
    #expect(result.verdict == .fail, "\(result.failures)")
    #expect(outcome.status == 10)
    #expect(result.ids(.fail) == submission.fails, "\(result.failures)")
    #expect(result.ids(.skipped) == submission.skips, "\(result.failures)")
    for hint in submission.hints {
      let hints = result.checks.first { $0.id == hint.check }?.hints ?? []
      #expect(hints.contains { $0.localizedCaseInsensitiveContains(hint.words) }, "\(hint.check): \(hints)")
    }
  }

  @Test(arguments: DeclaredSubmission.all(lab, "refused"))
  func aSubmissionThatDoesNotBuildSaysWhy(submission: DeclaredSubmission) async throws {
    let (result, outcome) = try await grade(submission.path)
    #expect(result.verdict == .fail)
    #expect(outcome.status == 10)
    #expect(result.build?.succeeded == false)
    #expect(result.checks.allSatisfy { $0.status == .skipped })
    let message = "\(result.build?.reason ?? "")\n\(result.build?.messages ?? "")"
    for words in submission.says { #expect(message.contains(words), "\(message)") }
  }
}

extension RunResult {
  /// The checks that ended in a way.
  func ids(_ status: CheckStatus) -> Set<String> {
    Set(checks.filter { $0.status == status }.map(\.id))
  }

  /// What did not pass, for the message of a failed test.
  var failures: String {
    var lines = checks.filter { $0.status != .pass }.map {
      "\($0.id) \($0.status): expected \($0.expected ?? "-"), seen \($0.seen ?? "-"), hints \($0.hints)"
    }
    if let error { lines.append("error: \(error)") }
    if let build, !build.succeeded { lines.append("build: \(build.reason ?? "") \(build.messages.prefix(2000))") }
    return lines.joined(separator: "\n")
  }
}
