// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork

/// Takes the guest's clock over stretches in which nobody has anything to do: the guest idles, the wire is quiet, and the lab itself
/// only waits. What the guest sees is what it would see in real time.
struct IdleSkipper: Sendable {
  let record: RunRecord
  let emulator: Emulator
  let network: NetworkSession

  /// How long nothing must have happened, in nanoseconds of the host's clock: longer than the lab's peers take to react.
  private static let quiet: UInt64 = 40_000_000
  private static let pollInterval = Duration.milliseconds(10)

  /// Goes on until the task is cancelled; ends at once on an emulator whose clock cannot be moved.
  func run() async {
    while !Task.isCancelled {
      guard await record.idleTime(quiet: Self.quiet) != nil else {
        try? await Task.sleep(for: Self.pollInterval)
        continue
      }
      guard let isWatched = try? await emulator.expectQuiet(), isWatched else { return }
      // All that the device had sent by then is known once the network process has answered, and all that it printed has been heard.
      guard let network = await askNetwork() else {
        try? await Task.sleep(for: Self.pollInterval)
        continue
      }
      // What the guest does after the jump is known before the jump is: it has to wait for its time.
      await record.hold()
      let isSkipped = await skip(network)
      await record.release()
      if !isSkipped { try? await Task.sleep(for: Self.pollInterval) }
    }
  }

  /// Passes over what may be passed over now. Returns whether that was worth it: a guest that computes has no idle time.
  private func skip(_ answer: NetworkSynchronization) async -> Bool {
    let limit =
      answer.unacknowledged == 0
      ? await record.idleTime(quiet: Self.quiet) : await record.unacknowledgedIdleTime(quiet: Self.quiet)
    guard let limit, await record.hasHeard(emulator.uart.arrived) else { return false }
    let before = await record.guestTime
    let start = MonotonicClock.now
    guard (try? await emulator.skipIdle(limit: limit)) != nil, let (host, guest) = try? await emulator.readClocks()
    else {
      return false
    }
    await record.jumped(from: start, host: host, guest: guest)
    try? await network.send(.clock(host: host, guest: guest, jumpedFrom: start))
    return guest > before + 2 * (host - start)
  }

  /// Asks the network process what is under way; nil while something is.
  private func askNetwork() async -> NetworkSynchronization? {
    let token = await record.newToken()
    guard (try? await network.send(.synchronize(token: token))) != nil else { return nil }
    let answer = await record.synchronization(token)
    return answer?.inFlight == 0 ? answer : nil
  }
}
