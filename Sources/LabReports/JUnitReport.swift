// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Renders a result as JUnit XML, which CI services show: a suite for the run, a case for the build and one for each check.
///
/// There is no standard; the elements are those that Jenkins' JUnit plugin and GitLab read (`testsuites`, `testsuite`, `properties`,
/// `testcase`, `failure`, `error`, `skipped`). Times are seconds: the suite's of the host, a check's of the guest.
public enum JUnitReport {
  /// The whole document.
  public static func render(_ result: RunResult) -> String {
    var cases = result.build.map { [buildCase($0, of: result)] } ?? []
    cases += result.checks.map { checkCase($0, of: result) }
    if let error = result.error { cases.append(errorCase(error, of: result)) }
    let counts = [
      ("tests", cases.count), ("failures", cases.count { $0.outcome == .failure }),
      ("errors", cases.count { $0.outcome == .error }), ("skipped", cases.count { $0.outcome == .skipped }),
    ].map { ($0, "\($1)") }
    let name = "Lab \(result.lab): \(result.title)"
    let time = ("time", seconds(result.seconds))
    let properties = [
      ("submission", result.submission), ("sdk", result.sdk), ("emulator", result.emulator),
      ("chip", result.chip.rawValue), ("points", "\(result.points)"), ("maximum", "\(result.maximum)"),
      ("verdict", result.verdict.rawValue),
    ].map { "      " + XMLText.tag("property", [("name", $0), ("value", $1)], isEmpty: true) }
    let lines =
      ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", XMLText.tag("testsuites", [("name", "lab")] + counts + [time])]
      + ["  " + XMLText.tag("testsuite", [("name", name)] + counts + [time]), "    <properties>"] + properties
      + ["    </properties>"] + cases.map(\.xml) + ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private enum Outcome {
    case passed, failure, error, skipped
  }

  private struct Case {
    var outcome: Outcome
    var xml: String
  }

  private static func buildCase(_ build: RunResult.Build, of result: RunResult) -> Case {
    let name = "Builds"
    guard !build.succeeded else { return testCase(name, build.seconds, of: result, .passed) }
    return testCase(
      name, build.seconds, of: result, .failure, message: build.reason ?? "the submission did not build",
      details: build.messages.quotedLines)
  }

  private static func checkCase(_ check: CheckResult, of result: RunResult) -> Case {
    let time = Double(check.duration) / 1e9
    let outcome: Outcome =
      switch check.status {
      case .pass: .passed
      case .fail: .failure
      case .skipped: .skipped
      case .error: .error
      }
    guard outcome != .passed else { return testCase(check.title, time, of: result, .passed) }
    var details = check.expected.map { ["Expected: \($0.displayable)"] } ?? []
    details += check.seen.map { ["Seen: \($0.displayable)"] } ?? []
    details += check.evidence.map { "transcript.txt:\($0.line): \($0.entry.text.displayable)" }
    details += (check.conversation ?? []).map { "Step: \($0.displayable)" }
    details += check.hints.map { "Hint: \($0.displayable)" }
    return testCase(
      check.title, time, of: result, outcome, message: check.seen ?? "",
      details: outcome == .skipped ? [] : details)
  }

  private static func errorCase(_ error: LabError, of result: RunResult) -> Case {
    testCase(
      "The lab", 0, of: result, .error, message: error.message, details: error.remedy.map { [$0.displayable] } ?? [])
  }

  private static func testCase(
    _ name: String, _ time: Double, of result: RunResult, _ outcome: Outcome, message: String = "",
    details: [String] = []
  ) -> Case {
    let attributes = [("classname", "lab.\(result.lab)"), ("name", name), ("time", seconds(time))]
    let element: String? =
      switch outcome {
      case .passed: nil
      case .failure: "failure"
      case .error: "error"
      case .skipped: "skipped"
      }
    guard let element else {
      return Case(outcome: outcome, xml: "    " + XMLText.tag("testcase", attributes, isEmpty: true))
    }
    let inner =
      details.isEmpty
      ? XMLText.tag(element, [("message", message)], isEmpty: true)
      : XMLText.tag(element, [("message", message)]) + details.map(XMLText.escaped).joined(separator: "\n")
        + "</\(element)>"
    return Case(
      outcome: outcome, xml: "    " + XMLText.tag("testcase", attributes) + "\n      \(inner)\n    </testcase>")
  }

  private static func seconds(_ value: Double) -> String {
    "\((value * 1000).rounded() / 1000)"
  }
}
