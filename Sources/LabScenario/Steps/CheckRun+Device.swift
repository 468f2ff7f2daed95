// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the device is seen to do.
extension CheckRun {
  func take(_ action: DeviceAction, within: GuestDuration) async throws {
    switch action {
    case .address: try await expectAddress(within: within)
    case .listens(let port): try await expectListening(on: port, within: within)
    case .restart: try await restart()
    case .dials(let dial): try await expectDial(dial, within: within)
    case .quiet(let port, let duration): try await expectQuiet(on: port, for: duration)
    case .idles(let duration): try await expectIdle(for: duration)
    }
  }

  private func restart() async throws {
    for task in background { task.cancel() }
    // A device that starts fast may have dialled before it is known to have started: what came before is dropped while it stands still.
    begin(at: try await device.reset { try await dropConnections() })
  }

  /// An emulator that does not tell how busy the device was leaves nothing to be judged.
  private func expectIdle(for duration: GuestDuration) async throws {
    let began = try await (record.guestTime, device.busyTime)
    let _: Never? = try await record.wait(duration) { _ in nil }
    let ended = try await (record.guestTime, device.busyTime)
    guard let before = began.1, let after = ended.1, ended.0 > began.0 else { return }
    let share = Double(after - min(before, after)) / Double(ended.0 - began.0)
    guard share > Self.busyShare else { return }
    var failure = StepFailure(
      expected: "the device's processor waits while there is nothing to do",
      seen: "it computed for \(Int((share * 100).rounded())) % of \(duration)",
      evidence: await record.device.lastLines.suffix(1).map(\.evidence))
    failure.facts.isBusy = true
    throw failure
  }

  /// Of what share of the time a processor may compute that has nothing to do. One that asks a hundred times a second needs a few hundredths.
  private static let busyShare = 0.5

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
      evidence: facts.mishaps.prefix(2).map(\.evidence) + facts.lastLines.suffix(2).map(\.evidence))
  }

  /// A SYN that the lab answers with RST before a connection comes about tells whether a port listens, and the program never
  /// hears of it.
  private func expectListening(on port: UInt16, within: GuestDuration) async throws {
    let began = await record.guestTime
    let deadline = began + within.nanoseconds
    var refusal: Evidence?
    while true {
      switch try await device.probe(port, within: .seconds(1)) {
      case .listens: return
      case .refuses(let evidence): refusal = evidence
      case .silent: break
      }
      let time = await record.guestTime
      guard time < deadline else { break }
      // The last attempt is made when the time is up.
      let pause = min(Self.pause(after: time - began), GuestDuration(nanoseconds: deadline - time))
      let _: Never? = try await record.wait(pause) { _ in nil }
    }
    let facts = await record.device
    throw StepFailure(
      expected: "the device listens on port \(port)",
      seen: refusal == nil
        ? "no answer to SYN within \(within)" : "SYN to port \(port) is still answered with RST after \(within)",
      evidence: [refusal].compactMap { $0 } + facts.mishaps.prefix(2).map(\.evidence),
      facts: StepFacts(ended: refusal == nil ? .unanswered : .refused, missingPort: port))
  }

  /// How long to wait before a port is tried again: at first a program may be about to open it; later the pauses are long enough for
  /// idle time to be skipped.
  private static func pause(after elapsed: UInt64) -> GuestDuration {
    max(.milliseconds(20), min(GuestDuration(nanoseconds: elapsed / 4), .milliseconds(500)))
  }
}
