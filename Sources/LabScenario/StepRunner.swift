// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Runs the steps of one check against the running device.
struct StepRunner {
  let record: RunRecord
  let device: any DeviceUnderTest

  /// Takes the steps in order.
  /// - Throws: `StepFailure` for the first step that the device does not live up to; `LabError` when the lab fails.
  func run(_ steps: [Step]) async throws {
    let clients = ClientSteps(record: record, hostPorts: await device.hostPorts)
    let firstLine = await record.deviceLines
    do {
      for step in steps { try await run(step, clients: clients, firstLine: firstLine) }
    } catch {
      await clients.finish()
      throw error
    }
    await clients.finish()
  }

  private func run(_ step: Step, clients: ClientSteps, firstLine: Int) async throws {
    switch step.action {
    case .device(.address): try await expectAddress(within: step.within)
    case .device(.listens(let port)): try await expectListening(on: port, within: step.within)
    case .client(let name, let action): try await clients.run(action, by: name, within: step.within)
    case .uart(.send(let payload)):
      let bytes = payload.bytes
      await record.add(.lab, "types \(quoted(bytes))")
      try await device.type(bytes)
    case .uart(.expect(let pattern)):
      try await expectLine(pattern, after: firstLine, within: step.within)
    case .wait(let duration): try await record.pass(duration)
    case .device, .server, .uart, .network:
      throw LabError(
        code: "lab.step", message: "the step on line \(step.line) of the lab file cannot be run yet", isUsage: true)
    }
  }

  private func expectAddress(within: GuestDuration) async throws {
    guard try await record.wait(within, until: { $0.device.address }) == nil else { return }
    let facts = await record.device
    let seen: String
    if facts.reboots > 0 {
      seen = "the device restarted by itself (\(facts.reboots) times) and took no address"
    } else if !facts.printed {
      seen = "it printed nothing and took no address within \(within)"
    } else {
      seen = "it took no address within \(within)"
    }
    throw StepFailure(
      expected: "the device boots and takes an address by DHCP", seen: seen,
      evidence: facts.mishaps.prefix(2).map(\.evidence) + facts.lastLines.suffix(2))
  }

  /// A SYN that the lab answers with RST before a connection comes about tells whether a port listens, and the program never
  /// hears of it.
  private func expectListening(on port: UInt16, within: GuestDuration) async throws {
    let deadline = await record.guestTime + within.nanoseconds
    var refusal: Evidence?
    while true {
      let time = await record.guestTime
      guard time < deadline else { break }
      let rest = GuestDuration(nanoseconds: deadline - time)
      let answer = try await device.probe(port, within: min(rest, .seconds(1)))
      switch answer {
      case .listens: return
      case .refuses(let evidence): refusal = evidence
      case .silent: break
      }
      let _: Never? = try await record.wait(min(rest, .milliseconds(20))) { _ in nil }
    }
    let facts = await record.device
    throw StepFailure(
      expected: "the device listens on port \(port)",
      seen: refusal == nil
        ? "no answer to SYN within \(within)" : "SYN to port \(port) is still answered with RST after \(within)",
      evidence: [refusal].compactMap { $0 } + facts.mishaps.prefix(2).map(\.evidence),
      ended: refusal == nil ? .unanswered : .refused, missingPort: port)
  }

  private func expectLine(_ pattern: String, after first: Int, within: GuestDuration) async throws {
    let found: Bool? = try await record.wait(within) { record in
      guard let regex = try? compile(pattern) else { return nil }
      return record.deviceLine(matching: regex, after: first) ? true : nil
    }
    guard found == nil else { return }
    throw StepFailure(
      expected: "the device prints a line that matches /\(pattern)/", seen: "no such line within \(within)",
      evidence: Array(await record.device.lastLines.suffix(3)))
  }
}

/// What a port of the device answers to SYN.
enum ProbeAnswer: Sendable {
  /// SYN-ACK.
  case listens
  /// RST; the transcript line shows it.
  case refuses(Evidence)
  /// Nothing.
  case silent
}

/// The device as steps use it.
protocol DeviceUnderTest: Sendable {
  /// The port on 127.0.0.1 for each forwarded port of the device.
  var hostPorts: [UInt16: UInt16] { get async }
  /// Types bytes on the device's serial console.
  func type(_ bytes: [UInt8]) async throws
  /// Asks with a SYN whether a port listens.
  func probe(_ port: UInt16, within: GuestDuration) async throws -> ProbeAnswer
}

extension Payload {
  /// The bytes.
  var bytes: [UInt8] {
    switch self {
    case .text(let text): Array(text.utf8)
    case .data(let data): data.bytes
    }
  }
}
