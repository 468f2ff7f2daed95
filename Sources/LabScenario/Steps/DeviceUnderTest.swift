// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabModel
import LabNetwork

/// The device and its network as steps use them.
protocol DeviceUnderTest: Sendable {
  /// The port on 127.0.0.1 for each forwarded port of the device.
  var hostPorts: [UInt16: UInt16] { get async }
  /// Where the lab's peers get their sockets; nil for the host's network.
  var sockets: SocketSource? { get async throws }
  /// What names resolve to when no step says otherwise.
  var names: [String: NameAnswer] { get async }
  /// Types bytes on the device's serial console; waits while it takes none.
  func type(_ bytes: [UInt8]) async throws
  /// Asks with a SYN whether a port listens.
  func probe(_ port: UInt16, within: GuestDuration) async throws -> ProbeAnswer
  /// Tells the network process something, and waits until it has been done.
  func tell(_ commands: [NetworkCommand]) async throws
  /// For how much of its time the device's processor ran, in nanoseconds since it was first started; nil where nobody knows.
  var busyTime: UInt64? { get async throws }
  /// Makes sure that all of the lab's processes were there until now, and that all is known of what the device did.
  /// - Throws: `LabError` if one of them was not.
  func confirm() async throws
  /// Starts the device anew, as its reset button would.
  /// - Parameter between: called after all that the device did before has been recorded, and before it does anything new.
  /// - Returns: what had been recorded before.
  @discardableResult
  func reset(_ between: @Sendable () async throws -> Void) async throws -> RecordPosition
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
