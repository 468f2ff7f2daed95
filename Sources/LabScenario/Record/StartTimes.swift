// SPDX-License-Identifier: Apache-2.0

/// How long the device's start took, by the host's clock, from the launch of the emulator's process.
public struct StartTimes: Codable, Equatable, Sendable {
  /// Seconds to the first byte on the UART.
  public var firstByte: Double?
  /// Seconds to an address.
  public var address: Double?

  /// Nothing has been seen yet.
  public init() {}
}
