// SPDX-License-Identifier: Apache-2.0

/// What the network process had still under way when it answered a question.
struct NetworkSynchronization: Equatable, Sendable {
  /// The question.
  var token: UInt64
  /// Frames that are held back or wait for the device, and bytes of the device that nobody has acknowledged yet.
  var inFlight: Int
  /// Bytes that the device was sent and has not acknowledged.
  var unacknowledged: Int
}
