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
  /// The same while the device has not acknowledged what it was sent: libslirp may be about to send it again.
  private static let quietUnacknowledged: UInt64 = 1_500_000_000
  private static let pollInterval = Duration.milliseconds(10)
  /// A little more than the emulator wants the guest to have idled.
  private static let skipInterval = Duration.milliseconds(6)

  /// Goes on until the task is cancelled; ends at once on an emulator whose clock cannot be moved.
  func run() async {
    while !Task.isCancelled {
      guard await record.idleTime(quiet: Self.quiet) != nil, await record.hasHeard(emulator.uart.arrived) else {
        try? await Task.sleep(for: Self.pollInterval)
        continue
      }
      guard await isNetworkQuiet(await record.newToken()), let limit = await record.idleTime(quiet: Self.quiet) else {
        try? await Task.sleep(for: Self.pollInterval)
        continue
      }
      // What the guest does after the jump is known before the jump is: it has to wait for its time.
      await record.hold()
      let start = MonotonicClock.now
      guard let isSkipped = try? await emulator.skipIdle(limit: limit), isSkipped,
        let (host, guest) = try? await emulator.readClocks()
      else {
        await record.release()
        return
      }
      await record.jumped(from: start, host: host, guest: guest)
      await record.release()
      try? await network.send(.clock(host: host, guest: guest))
      try? await Task.sleep(for: Self.skipInterval)
    }
  }

  /// Asks the network process whether all that was sent has arrived.
  private func isNetworkQuiet(_ token: UInt64) async -> Bool {
    guard (try? await network.send(.synchronize(token: token))) != nil,
      let answer = await record.synchronization(token)
    else { return false }
    guard answer.inFlight == 0 else { return false }
    guard answer.unacknowledged > 0 else { return true }
    return await record.idleTime(quiet: Self.quietUnacknowledged) != nil
  }
}
