// SPDX-License-Identifier: Apache-2.0

/// One step of a scenario: something that an actor does, or waits to see.
public struct Step: Equatable, Sendable {
  /// What happens.
  public var action: StepAction
  /// How much guest time it may take.
  public var within: GuestDuration
  /// The line of the lab file that it stands on.
  public var line: Int

  /// The time a step gets where the lab file names none.
  public static let defaultWithin = GuestDuration.seconds(3)

  /// - Parameters: as the properties of the same names.
  public init(_ action: StepAction, within: GuestDuration = Step.defaultWithin, line: Int = 0) {
    self.action = action
    self.within = within
    self.line = line
  }
}

/// What happens in a step, by actor.
public enum StepAction: Equatable, Sendable {
  /// The device is seen to do something.
  case device(DeviceAction)
  /// A TCP client of the lab acts.
  case client(String, ClientAction)
  /// The device's serial console is used.
  case uart(UARTAction)
  /// Guest time passes.
  case wait(GuestDuration)
}

/// What the device is seen to do, by evidence from the wire.
public enum DeviceAction: Equatable, Sendable {
  /// It takes an address by DHCP.
  case address
  /// It answers SYN to the port with SYN-ACK.
  case listens(port: UInt16)
}

/// What a TCP client of the lab does.
public enum ClientAction: Equatable, Sendable {
  /// It connects; the step succeeds when the device's own SYN-ACK was seen.
  case connect(port: UInt16)
  /// It sends bytes. With `acknowledged`, the step ends only when the device has acknowledged all of them, so that what is
  /// sent next travels in a segment of its own.
  case send([UInt8], acknowledged: Bool)
  /// It waits until what it has received, and no step has taken, contains a match; everything up to the end of the match is taken.
  /// `without` must match nothing of what was taken.
  case expect(pattern: String, without: String?)
  /// It waits for the device's FIN, after everything else.
  case expectClose
  /// It closes the connection in good order (FIN).
  case close
  /// It ends its own sending and goes on receiving (FIN, half-close).
  case halfClose
  /// It aborts the connection (RST).
  case reset
}

/// How the device's serial console is used.
public enum UARTAction: Equatable, Sendable {
  /// The lab types bytes.
  case send([UInt8])
  /// The lab waits for a line that matches, from the start of the check on.
  case expect(pattern: String)
}
