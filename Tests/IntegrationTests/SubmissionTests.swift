// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// All labs on real guests: every program gets the verdict that it is to get.
@Suite struct SubmissionTests {
  @Test(arguments: TestedLab.references)
  func theReferencePasses(reference: TestedLab.Reference) async throws {
    let (result, status) = try await reference.lab.run(["--language", reference.language])
    #expect(result.verdict == .pass, "\(result.failures)")
    #expect(status == 0)
    #expect(result.points == result.maximum)
  }

  @Test(arguments: TestedLab.starters)
  func theStarterBuildsAndFailsHonestly(starter: TestedLab.Starter) async throws {
    let (result, status) = try await starter.lab.run([starter.path])
    #expect(result.build?.succeeded == true, "\(result.failures)")
    #expect(result.verdict == .fail)
    #expect(status == 10)
    #expect(result.checks.first?.status == .pass, "\(result.failures)")
    #expect(result.checks.contains { $0.status == .fail })
  }

  @Test(arguments: TestedLab.submissions("correct"))
  func aCorrectSubmissionPasses(submission: DeclaredSubmission) async throws {
    #expect(submission.problems == [])
    #expect(submission.verdict == "pass")
    let (result, status) = try await submission.lab.run([submission.path])
    #expect(result.verdict == .pass, "\(result.failures)")
    #expect(status == 0)
    let messages = result.build?.messages ?? ""
    for words in submission.says { #expect(messages.contains(words), "\(messages)") }
    #expect(submission.says.isEmpty == !messages.contains("note: The program"), "\(messages)")
  }

  @Test(arguments: TestedLab.submissions("wrong"))
  func aWrongSubmissionFailsWhatItDeclares(submission: DeclaredSubmission) async throws {
    #expect(submission.problems == [])
    #expect(submission.verdict == "fail")
    let (result, status) = try await submission.lab.run([submission.path])
    #expect(result.verdict == .fail, "\(result.failures)")
    #expect(status == 10)
    #expect(result.ids(.fail) == submission.fails, "\(result.failures)")
    #expect(result.ids(.skipped) == submission.skips, "\(result.failures)")
    for hint in submission.hints {
      let hints = result.checks.first { $0.id == hint.check }?.hints ?? []
      #expect(hints.contains { $0.localizedCaseInsensitiveContains(hint.words) }, "\(hint.check): \(result.failures)")
    }
  }

  @Test(arguments: TestedLab.submissions("refused"))
  func aSubmissionThatDoesNotBuildSaysWhy(submission: DeclaredSubmission) async throws {
    #expect(submission.problems == [])
    let (result, status) = try await submission.lab.run([submission.path])
    #expect(result.verdict == .fail)
    #expect(status == 10)
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
