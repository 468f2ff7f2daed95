// SPDX-License-Identifier: Apache-2.0

/// One step of a scenario: something that an actor does, or waits to see.
public struct Step: Equatable, Sendable {
  /// What happens.
  public var action: StepAction
  /// How much guest time it may take.
  public var within: GuestDuration
  /// What it expects, in words with variables; nil where a failure is to tell the pattern that was looked for.
  public var expected: String?
  /// The line of the lab file that it stands on.
  public var line: Int

  /// The time a step gets where the lab file names none.
  public static let defaultWithin = GuestDuration.seconds(3)

  /// - Parameters: as the properties of the same names.
  public init(
    _ action: StepAction, within: GuestDuration = Step.defaultWithin, expected: String? = nil, line: Int = 0
  ) {
    self.action = action
    self.within = within
    self.expected = expected
    self.line = line
  }
}

/// What happens in a step, by actor.
public enum StepAction: Equatable, Sendable {
  /// The device is seen to do something, or is restarted.
  case device(DeviceAction)
  /// A TCP client of the lab acts.
  case client(String, ClientAction)
  /// A TCP server of the lab acts.
  case server(String, ServerAction)
  /// The device's serial console is used.
  case uart(UARTAction)
  /// The network between the device and the lab's peers changes.
  case network(NetworkAction)
  /// Guest time passes.
  case wait(GuestDuration)
}

extension StepAction {
  /// The client or server that acts; nil where another actor does.
  public var peer: String? {
    switch self {
    case .client(let name, _), .server(let name, _): name
    case .device, .uart, .network, .wait: nil
    }
  }
}

extension [Step] {
  /// Whether the steps restart the device: what earlier checks left behind does not matter to them then.
  public var restartsDevice: Bool { contains { $0.action == .device(.restart) } }
}
