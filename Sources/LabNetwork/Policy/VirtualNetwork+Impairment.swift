// SPDX-License-Identifier: Apache-2.0

/// The way of TCP and DNS between the device and the other side, which the lab may make worse than a cable.
extension VirtualNetwork {
  /// Makes the network worse, or good again. What is under way arrives at once.
  package mutating func impair(_ impairment: Impairment) {
    dice = impairment == Impairment() ? nil : ImpairmentDice(impairment)
    output.toHost += toHost.releaseAll()
    output.toDevice += toDevice.releaseAll()
  }

  /// Lets frames arrive that are due.
  mutating func releaseArrived(at time: UInt64) {
    guard toHost.count + toDevice.count > 0 else { return }
    output.toHost += toHost.release(at: time)
    output.toDevice += toDevice.release(at: time)
  }

  /// Whether a frame of the device gets lost on its way.
  mutating func loses(_ frame: Frame) -> Bool {
    guard let kind = frame.kind else { return false }
    return dice?.loses(kind, .fromDevice) ?? false
  }

  /// Sends a frame of the device on its way to libslirp.
  mutating func sendToHost(_ frame: Frame, at time: UInt64) {
    guard let kind = frame.kind, let overtakers = dice?.overtakers(kind, .fromDevice) else {
      output.toHost.append(frame)
      return
    }
    if !toHost.add(frame, due: time + delay, overtakers: overtakers) { drop(.lost, at: time) { frame.summary } }
    releaseArrived(at: time)
  }

  /// Sends a frame on its way to the device.
  /// - Parameter isReply: the network answers by itself a frame that has only just been sent: it will be under way both there and back.
  mutating func sendToDevice(_ frame: Frame, isReply: Bool = false, at time: UInt64) {
    guard let kind = frame.kind, dice != nil else {
      output.toDevice.append(frame)
      return
    }
    let isLost = dice?.loses(kind, .toDevice) ?? false
    let overtakers = dice?.overtakers(kind, .toDevice) ?? 0
    let due = time + (isReply ? 2 * delay : delay)
    guard !isLost, toDevice.add(frame, due: due, overtakers: overtakers) else {
      capture(frame.bytes, .toDevice, at: time, dropped: .lost)
      drop(.lost, at: time) { frame.summary }
      return
    }
    releaseArrived(at: time)
  }

  private var delay: UInt64 { dice?.impairment.delay ?? 0 }
}
