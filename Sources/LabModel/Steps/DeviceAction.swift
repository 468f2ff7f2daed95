// SPDX-License-Identifier: Apache-2.0

/// What the device is seen to do, by evidence from the wire.
public enum DeviceAction: Equatable, Sendable {
  /// It takes an address by DHCP.
  case address
  /// It answers SYN to the port with SYN-ACK.
  case listens(port: UInt16)
  /// The lab restarts it, as its reset button would. What was connected or printed before is over.
  case restart
  /// It begins a new connection attempt.
  case dials(DialExpectation)
  /// It begins no new connection attempt to the port for so long.
  case quiet(port: UInt16, duration: GuestDuration)
  /// Its processor waits for most of so long, and does not compute.
  case idles(GuestDuration)
}

/// A new connection attempt that the device is to begin: a SYN of a connection of its own, and not the repetition of an earlier SYN.
public struct DialExpectation: Equatable, Sendable {
  /// When an attempt has to come, counted from the failure or the end of the one before it.
  public struct Timing: Equatable, Sendable {
    /// How long after it.
    public var after: GuestDuration
    /// How far off that it may be, either way.
    public var tolerance: GuestDuration
    /// Whether any later attempt will do.
    public var mayBeLater: Bool

    /// The tolerance where the lab file names none.
    public static let defaultTolerance = GuestDuration.milliseconds(250)

    /// - Parameters: as the properties of the same names.
    public init(
      after: GuestDuration, tolerance: GuestDuration = Timing.defaultTolerance, mayBeLater: Bool = false
    ) {
      self.mayBeLater = mayBeLater
      self.after = after
      self.tolerance = tolerance
    }
  }

  /// The port that is dialled, at any address.
  public var port: UInt16
  /// When it has to come; nil where it only has to come within the time of the step.
  public var timing: Timing?
  /// Whether the step succeeds, too, when none comes.
  public var isOptional: Bool

  /// - Parameters: as the properties of the same names.
  public init(port: UInt16, timing: Timing? = nil, isOptional: Bool = false) {
    self.port = port
    self.timing = timing
    self.isOptional = isOptional
  }
}
