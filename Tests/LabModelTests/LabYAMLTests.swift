// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

@Suite struct LabYAMLTests {
  /// A lab with one check whose steps are the given lines.
  private func lab(steps: String, extra: String = "") throws -> Lab {
    try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        forward: [3333]
        checks:
          - id: only
            title: Only
            points: 5
            steps:
        \(steps)
        \(extra)
        """, file: "lab.yaml")
  }

  private func failure(_ body: () throws -> Lab) -> LabError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? LabError
    }
  }

  @Test func readsEveryStep() throws {
    let lab = try lab(
      steps: #"""
              - {device: address, within: 10s}
              - {device: listens, port: 3333}
              - {client: a, connect: 3333, within: 500ms}
              - {client: a, send: "x\n", acknowledged: true}
              - {client: a, expect: 'y+', without: 'z'}
              - {client: a, close: half}
              - {client: a, expect_close: true}
              - {client: a, close: reset}
              - {uart: send, text: "hello\n"}
              - {uart: expect, matches: 'he..o'}
              - {wait: 1.5s}
        """#)
    guard case .steps(let steps) = lab.checks[0].method else {
      Issue.record("the check has no steps")
      return
    }
    #expect(
      steps.map(\.action) == [
        .device(.address), .device(.listens(port: 3333)), .client("a", .connect(port: 3333)),
        .client("a", .stream(.send(.text("x\n"), manner: .acknowledged))),
        .client("a", .stream(.expect(pattern: "y+", without: "z"))), .client("a", .stream(.halfClose)),
        .client("a", .stream(.expectClose)), .client("a", .stream(.reset)), .uart(.send(.text("hello\n"))),
        .uart(.expect(pattern: "he..o")), .wait(.milliseconds(1500)),
      ])
    #expect(steps[0].within == .seconds(10))
    #expect(steps[1].within == Step.defaultWithin)
    #expect(steps[2].within == .milliseconds(500))
  }

  @Test(arguments: [
    ("- {client: a, conect: 3333}", "needs exactly one of"),
    ("- {client: a, connect: 3333, whithin: 2s}", "unknown key 'whithin'"),
    ("- {client: a, connect: 70000}", "from 1 to 65535, not 70000"),
    ("- {client: a, connect: http}", "whole number, not 'http'"),
    ("- {client: a, connect: 3334}", "port 3334 of the device is not forwarded"),
    ("- {client: a, send: x}", "the client 'a' has not connected"),
    ("- {device: adress}", "unknown device step 'adress'"),
    ("- {wait: -2s}", "a length of time, not '-2s'"),
    ("- {wait: 2}", "a length of time, not '2'"),
    ("- {uart: expect, matches: '(' }", "'matches' is not a regular expression: missing )"),
    ("- {uart: expect, matches: 'a(?!b)' }", "'matches' is not a regular expression: look-ahead is not supported"),
    ("- {uart: expect, matches: '(a)\\1' }", "back-references are not supported"),
    ("- {uart: expect, matches: '[x${device.address}]' }", "'matches' has a variable in brackets"),
    ("- {device: address, client: a}", "has 'device' and 'client'"),
    ("- just a text", "a step has to be a mapping"),
  ]) func refusesAStep(step: String, message: String) throws {
    let error = try #require(failure { try lab(steps: "      " + step) })
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.message.hasPrefix("lab.yaml:11:"), "\(error.message)")
    #expect(error.isUsage)
  }

  @Test func suggestsTheKeyThatWasMeant() throws {
    let error = try #require(failure { try lab(steps: "      - {client: a, connect: 3333, whithin: 2s}") })
    #expect(error.remedy == "Did you mean 'within'?")
  }

  @Test func refusesAnUnknownKeyOfTheLab() throws {
    let error = try #require(failure { try lab(steps: "      - {wait: 1s}", extra: "timelimit: 3s") })
    #expect(error.message == "lab.yaml:12:1: unknown key 'timelimit'")
    #expect(error.remedy == "Did you mean 'time_limit'?")
  }

  @Test(arguments: [
    ("lab: [", "not YAML"),
    ("", "the file is empty"), (String(repeating: "#", count: 256 << 10 + 1), "the file has more than 256 KiB"),
    ("lab: 1\nlab: 2", "the same key twice"),
    ("- a list", "a lab has to be a mapping"),
    ("name: x", "a lab needs 'checks'"),
  ]) func refusesWhatIsNoLab(yaml: String, message: String) throws {
    let error = try #require(failure { try Lab(yaml: yaml, file: "lab.yaml") })
    #expect(error.message.hasPrefix("lab.yaml"))
    #expect(error.message.contains(message), "\(error.message)")
  }

  @Test(arguments: [
    ("second", "the check 'first' needs 'second', which stands after it"),
    ("first", "the check 'first' needs itself"),
    ("zero", "unknown earlier check 'zero'"),
  ]) func refusesANeedThatDoesNotStandBefore(need: String, message: String) throws {
    let yaml = """
      lab: "9"
      name: sample
      title: Sample
      firmware: 09-sample
      checks:
        - {id: first, title: First, points: 1, needs: [\(need)], never: [panic]}
        - {id: second, title: Second, points: 1, never: [reboot]}
      """
    let error = try #require(failure { try Lab(yaml: yaml, file: "lab.yaml") })
    #expect(error.message == "lab.yaml:6:50: \(message)")
  }

  @Test func refusesTwoChecksOfOneName() throws {
    let yaml = """
      lab: "9"
      name: sample
      title: Sample
      firmware: 09-sample
      checks:
        - {id: first, title: First, points: 1, never: [panic]}
        - {id: first, title: First, points: 1, never: [reboot]}
      """
    let error = try #require(failure { try Lab(yaml: yaml, file: "lab.yaml") })
    #expect(error.message == "lab.yaml:7:10: there are two checks named 'first'")
  }

  @Test func refusesAPathAsFirmware() throws {
    let yaml = """
      lab: "9"
      name: sample
      title: Sample
      firmware: ../../etc
      checks:
        - {id: first, title: First, points: 1, never: [panic]}
      """
    let error = try #require(failure { try Lab(yaml: yaml, file: "lab.yaml") })
    #expect(error.message.contains("the name of a folder"))
  }
}
