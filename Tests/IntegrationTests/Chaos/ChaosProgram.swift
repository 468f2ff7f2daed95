// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A program whose true verdict is known.
struct ChaosProgram: Sendable {
  var submission: DeclaredSubmission

  /// Correct and wrong programs of several labs.
  static let all: [ChaosProgram] = [
    "01-http-get/submissions/correct/content-length.c", "01-http-get/submissions/wrong/one-recv.c",
    "02-client-logging/submissions/correct/select-loop.c", "02-client-logging/submissions/wrong/no-keepalive.c",
    "03-command-server/submissions/correct/line-buffered.c", "03-command-server/submissions/wrong/prefix-match.c",
    "04-serial-bridge/submissions/correct/two-tasks.c", "04-serial-bridge/submissions/wrong/queue-drops.c",
    "05-retry-backoff/submissions/correct/chapter-style.c", "05-retry-backoff/submissions/wrong/fixed-delay.c",
    "echo-client/submissions/correct/two-tasks.c", "echo-client/submissions/wrong/one-round.c",
    "echo-server/submissions/correct/task-per-client.c", "echo-server/submissions/wrong/send-gives-up.c",
  ].map { ChaosProgram($0) }

  /// - Parameter path: the program's, below `labs`.
  init(_ path: String) {
    let folder = String(path.prefix { $0 != "/" })
    let library = LabLibrary(root: LabProcess.checkout)
    let definition = try? library.lab(at: LabProcess.checkout.appending(path: "labs/\(folder)/lab.yaml"))
    let lab = TestedLab(folder: folder, id: definition?.id ?? folder, definition: definition)
    submission = DeclaredSubmission(lab: lab, path: "labs/\(path)")
  }

  /// Copies it to a file that nothing has been built from before.
  func copy(to file: URL) throws {
    let text = try String(contentsOf: LabProcess.checkout.appending(path: submission.path), encoding: .utf8)
    try Data((text + "\n// \(UUID().uuidString)\n").utf8).write(to: file)
  }

  /// Whether a result is the true one: verdict, failed and skipped checks.
  func isTrue(_ verdict: String, _ checks: [(id: String, status: CheckStatus)]) -> Bool {
    func ids(_ status: CheckStatus) -> Set<String> { Set(checks.filter { $0.status == status }.map(\.id)) }
    guard verdict == submission.verdict, ids(.fail) == submission.fails else { return false }
    // Where nothing was built, nothing was checked.
    return ids(.skipped) == (submission.path.contains("/refused/") ? Set(checks.map(\.id)) : submission.skips)
  }
}
