// SPDX-License-Identifier: Apache-2.0

/// What the bundled machine's Ethernet and the network tell each other beside the device's frames (the property `lockstep`, see
/// qemu/README.md): the guest's time follows each of its frames, and the network says how many of them it has dealt with.
package enum Lockstep {
  /// The length of the time that follows a frame.
  private static let stampLength = 8
  /// What no guest lives to see, in nanoseconds: a machine that tells of it is broken.
  private static let endOfTime: UInt64 = 1 << 60
  /// The type of frames that are for the Ethernet itself, and not for the guest.
  private static let type: UInt16 = 0x88b6

  /// Parts a frame from the guest's time at which it was sent.
  /// - Returns: nil if it has none.
  package static func split(_ bytes: [UInt8]) -> (frame: [UInt8], time: UInt64)? {
    let length = bytes.count - stampLength
    guard length > 0 else { return nil }
    let time = UInt64(bytes.big32(length)) << 32 | UInt64(bytes.big32(length + 4))
    guard time < endOfTime else { return nil }
    return (Array(bytes[..<length]), time)
  }

  /// The frame that says how many frames of the guest have been dealt with.
  package static func seen(_ count: UInt64) -> [UInt8] {
    var frame = [UInt8](repeating: 0, count: EthernetHeader.length - 2)
    frame.append16(type)
    frame.append32(UInt32(truncatingIfNeeded: count >> 32))
    frame.append32(UInt32(truncatingIfNeeded: count))
    return frame
  }
}
