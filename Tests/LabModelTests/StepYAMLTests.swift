// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabModel

@Suite struct StepYAMLTests {
  /// The actions of a check with the given steps.
  private func actions(_ steps: String...) throws -> [StepAction] { try read(steps).map(\.action) }

  private func read(_ steps: [String]) throws -> [Step] {
    let lab = try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        forward: [3333]
        data: {page: {bytes: 100}, hello: {text: "Hello"}}
        checks:
          - id: only
            title: Only
            points: 5
            steps:
        \(steps.map { "      - \($0)" }.joined(separator: "\n"))
        """, file: "lab.yaml")
    guard case .steps(let steps) = lab.checks[0].method else { return [] }
    return steps
  }

  private func failure(_ steps: [String]) throws -> LabError {
    let error = #expect(throws: LabError.self) { try read(steps) }
    return try #require(error)
  }

  private let page = LabData(name: "page", count: 100, seed: 1, kind: .letters)

  @Test func readsTheDevicesSteps() throws {
    #expect(
      try actions(
        "{device: restart}", "{device: dials, port: 4242, within: 10s}",
        "{device: dials, port: 4242, after: 2s, tolerance: 400ms}",
        "{device: dials, port: 4242, after: 4s, optional: true}", "{device: quiet, port: 4242, for: 30s}")
        == [
          .device(.restart), .device(.dials(DialExpectation(port: 4242))),
          .device(
            .dials(DialExpectation(port: 4242, timing: .init(after: .seconds(2), tolerance: .milliseconds(400))))),
          .device(.dials(DialExpectation(port: 4242, timing: .init(after: .seconds(4)), isOptional: true))),
          .device(.quiet(port: 4242, duration: .seconds(30))),
        ])
  }

  @Test func readsAServer() throws {
    let address = try #require(HostAddress("10.0.2.2"))
    #expect(
      try actions(
        "{server: a, listen: 80, address: 10.0.2.2, window: 512}", "{server: b, listen: 81, refuse_first: 2}",
        "{server: c, listen: 82, silent_for: 5s}", "{server: a, accept: true, within: 9s}",
        "{server: a, send_data: page, pieces: 10}", "{server: a, stop: true}", "{server: a, close: fin}")
        == [
          .server("a", .listen(Listening(port: 80, address: address, window: 512))),
          .server("b", .listen(Listening(port: 81, gate: .attempts(2, .refused)))),
          .server("c", .listen(Listening(port: 82, gate: .time(.seconds(5), .silent)))),
          .server("a", .accept()), .server("a", .stream(.send(.data(page), manner: .pieces(of: 10)))),
          .server("a", .stop), .server("a", .stream(.close)),
        ])
  }

  @Test func readsStreamsOfClients() throws {
    #expect(
      try actions(
        "{client: a, connect: 3333, window: 1024}", "{client: a, send_data: hello, acknowledged: true}",
        "{client: a, expect_data: page}", "{client: a, read: paused}", "{client: a, read: resumed}",
        "{client: a, vanish: true}")
        == [
          .client("a", .connect(port: 3333, window: 1024)),
          .client("a", .stream(.send(.data(LabData(name: "hello", text: "Hello")), manner: .acknowledged))),
          .client("a", .stream(.expectData(page))), .client("a", .stream(.read(paused: true))),
          .client("a", .stream(.read(paused: false))), .client("a", .stream(.vanish)),
        ])
  }

  @Test func readsTheConsole() throws {
    #expect(
      try actions(
        "{uart: send, data: page}", "{uart: mark}", "{uart: next, matches: 'x'}", "{uart: absent, matches: 'y'}",
        "{uart: expect, data: page, within: 9s}", "{uart: expect, matches: 'z'}", "{uart: once, matches: 'e'}",
        "{uart: once, matches: 'f', since_attempt: 80}",
        "{uart: attempts, port: 80, delays: [1s, 2s], tolerance: 300ms}",
        "{uart: attempts, port: 80, delays: [1s]}", "{client: a, connect: 3333}", "{uart: absent, leftover_of: a}")
        == [
          .uart(.send(.data(page))), .uart(.mark), .uart(.next(pattern: "x")), .uart(.absent(pattern: "y")),
          .uart(.expectData(page)), .uart(.expect(pattern: "z")),
          .uart(.once(pattern: "e")), .uart(.once(pattern: "f", sinceAttempt: 80)),
          .uart(
            .attempts(
              AttemptLogExpectation(port: 80, delays: [.seconds(1), .seconds(2)], tolerance: .milliseconds(300)))),
          .uart(.attempts(AttemptLogExpectation(port: 80, delays: [.seconds(1)]))), .client("a", .connect(port: 3333)),
          .uart(.absentLeftover(of: "a")),
        ])
  }

  @Test func readsWhatAStepExpectsInWords() throws {
    let steps = try read([
      "{client: a, connect: 3333}", "{client: a, expect: x, without: y, expected: 'an x'}",
      "{uart: expect, matches: x, expected: 'the port ${a.port}'}", "{uart: next, matches: x, expected: n}",
      "{uart: once, matches: x, expected: o}", "{uart: absent, matches: x, expected: b}",
      "{uart: expect, matches: x}",
    ])
    #expect(steps.map(\.expected) == [nil, "an x", "the port ${a.port}", "n", "o", "b", nil])
  }

  @Test func readsTheNetwork() throws {
    let one = try #require(HostAddress("1.2.3.4"))
    let two = try #require(HostAddress("5.6.7.8"))
    #expect(
      try actions(
        "{network: delay, by: 200ms}", "{network: loss, percent: 20, seed: 7}", "{network: reorder, percent: 30}",
        "{network: clear}", "{network: dns, name: a.b, answer: nxdomain}", "{network: dns, name: a.b, answer: 1.2.3.4}",
        "{network: dns, name: a.b, answer: [1.2.3.4, 5.6.7.8]}", "{network: silent, port: 80, address: 1.2.3.4}",
        "{network: refuse, port: 80}")
        == [
          .network(.delay(.milliseconds(200))), .network(.loss(percent: 20, seed: 7)),
          .network(.reorder(percent: 30, seed: 1)), .network(.clear), .network(.dns(name: "a.b", answer: .nxdomain)),
          .network(.dns(name: "a.b", answer: .addresses([one]))),
          .network(.dns(name: "a.b", answer: .addresses([one, two]))),
          .network(.block(port: 80, address: one, .silent)), .network(.block(port: 80, address: nil, .refused)),
        ])
  }

  @Test(arguments: [
    (["{uart: expect, data: page, expected: x}"], "12:36: unknown key 'expected'"),
    (["{uart: mark, expected: x}"], "12:22: unknown key 'expected'"),
    (["{uart: attempts, port: 80, delays: []}"], "'delays' needs one to ten lengths of time"),
    (["{uart: absent, matches: x, expected: 'the port ${bob.port}'}"], "unknown actor 'bob'"),
    (["{uart: absent, leftover_of: bob}"], "12:37: unknown client or server 'bob'"),
    (["{server: web, accept: true}"], "12:9: the server 'web' does not listen in this check"),
    (["{server: web, listen: 80}", "{server: wbe, accept: true}"], "13:9: the server 'wbe' does not listen"),
    (["{server: web, listen: 80}", "{server: web, send: x}"], "13:9: the server 'web' has accepted no connection"),
    (["{server: web, listen: 80}", "{server: web, listen: 81}"], "13:9: the server 'web' listens already"),
    (["{server: web, listen: 80}", "{server: web, connect: 3333}"], "has none"),
    (["{server: web, listen: 0}"], "12:31: 'listen' has to be from 1 to 65535, not 0"),
    (["{server: web, listen: 80, address: 300.1.1.1}"], "'address' has to be an IPv4 address, not '300.1.1.1'"),
    (["{server: web, listen: 80, refuse_first: 1, silent_for: 1s}"], "has 'refuse_first' and 'silent_for'"),
    (["{server: web, listen: 80, accept: true}"], "has 'listen' and 'accept'"),
    (["{server: web, listen: 80}", "{server: web, accept: false}"], "'accept' can only be true"),
    (["{server: web, listen: 80}", "{server: web, stop: true}", "{server: web, accept: true}"], "listens no longer"),
    (["{server: device, listen: 80}"], "'device' cannot be the name of a peer"),
    (["{server: a, listen: 80}", "{client: a, connect: 3333}"], "13:9: 'a' is a server in this check"),
    (["{client: a, connect: 3333}", "{server: a, accept: true}"], "'a' is a client, not a server"),
    (
      ["{client: a, connect: 3333}", "{device: restart}", "{client: a, send: x}"],
      "14:9: the client 'a' has not connected"
    ),
    (["{device: dials, port: 80, after: -2s}"], "12:42: 'after' has to be a length of time, not '-2s'"),
    (["{device: dials, port: 80, at_least: 1s}"], "'at_least' has no attempt before it"),
    (
      ["{device: dials, port: 80}", "{device: dials, port: 80, after: 1s, at_least: 1s}"],
      "a step has either 'after' or 'at_least'"
    ),
    (["{device: dials, port: 80, tolerance: 1s}"], "'tolerance' needs 'after'"),
    (["{device: dials, port: 80, after: 1s}"], "'after' has no attempt before it"),
    (["{device: quiet, port: 80}"], "12:9: a step needs 'for'"),
    (["{device: idles}"], "12:9: a step needs 'for'"),
    (["{network: los, percent: 5}"], "12:19: unknown network step 'los'"),
    (["{network: loss, percent: 101}"], "from 1 to 100, not 101"),
    (["{network: dns, name: a.b, answer: nxdomian}"], "'answer' has to be an IPv4 address, not 'nxdomian'"),
    (["{network: delay}"], "a step needs 'by'"),
    (["{uart: expect, data: pgae}"], "12:30: unknown data 'pgae'"),
    (["{uart: expect, data: page, matches: x}"], "has 'matches' and 'data'"),
    (["{uart: expect, matches: '${ann.port}'}"], "12:33: unknown actor 'ann'"),
    (["{uart: expect, matches: '${device.port}'}"], "the device has no ${device.port}"),
    (["{uart: expect, matches: '${device}'}"], "'${device}' is not a variable"),
    (["{client: ann, connect: 3333}", "{uart: send, text: '${ann.prot}'}"], "unknown property 'prot'"),
    (["{client: a, connect: 3333}", "{client: a, send: x, pieces: 0}"], "'pieces' has to be from 1 to 65535, not 0"),
    (["{client: a, connect: 3333}", "{client: a, read: slowly}"], "unknown way to read 'slowly'"),
  ]) func refusesAStep(steps: [String], message: String) throws {
    let error = try failure(steps)
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.message.hasPrefix("lab.yaml:\(11 + steps.count):"), "\(error.message)")
    #expect(error.isUsage)
  }

  @Test(arguments: [
    (["{server: web, listen: 80}", "{server: wbe, accept: true}"], "Did you mean 'web'?"),
    (["{uart: expect, data: pgae}"], "Did you mean 'page'?"),
    (["{network: dns, name: a.b, answer: nxdomian}"], "Did you mean 'nxdomain'?"),
    (["{device: dails, port: 80}"], "Did you mean 'dials'?"),
    (["{client: ann, connect: 3333}", "{uart: send, text: '${anm.port}'}"], "Did you mean 'ann'?"),
  ]) func suggestsWhatWasMeant(steps: [String], remedy: String) throws {
    #expect(try failure(steps).remedy == remedy)
  }

  @Test func aClientMayConnectAgainAfterARestart() throws {
    #expect(
      try actions("{client: a, connect: 3333}", "{device: restart}", "{client: a, connect: 3333}").count == 3)
    #expect(try read(["{device: restart}"]).restartsDevice)
    #expect(try !read(["{wait: 1s}"]).restartsDevice)
  }
}
