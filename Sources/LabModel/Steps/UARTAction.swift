// SPDX-License-Identifier: Apache-2.0

/// How the device's serial console is used.
public enum UARTAction: Equatable, Sendable {
  /// The lab types bytes, as fast as the device takes them, while the next steps run.
  case send(Payload)
  /// The lab waits for a line that matches, from the start of the check or the last mark on.
  case expect(pattern: String)
  /// The lab waits until these bytes have been printed in their order; characters that are not of the data's alphabet do not count.
  case expectData(LabData)
  /// Later expectations look at what is printed from here on.
  case mark
  /// As `expect`, and only among the lines after the one that the last `next` matched.
  case next(pattern: String)
  /// A line matches so far that is like no other since the start of the check or the last mark, numbers aside. With a port, only what came
  /// with the last attempt to open a connection to it, or later, is looked at.
  case once(pattern: String, sinceAttempt: UInt16? = nil)
  /// No line matches so far, from the start of the check or the last mark on.
  case absent(pattern: String)
  /// No line so far begins with what a longer message that a peer sent has left in a buffer behind a shorter one that it sent later.
  case absentLeftover(of: String)
  /// No line so far contains all of the line that a peer took last, of which it has sent back the beginning only. Short lines are not looked for.
  case absentUnsent(of: String)
  /// The log tells each attempt to open a connection by its number, and each delay between two of them by its length.
  case attempts(AttemptLogExpectation)
}

/// What the device has to have logged of its attempts to open connections.
public struct AttemptLogExpectation: Equatable, Sendable {
  /// The port that is dialled.
  public var port: UInt16
  /// The delays that a program should keep. One that keeps others may log either.
  public var delays: [GuestDuration]
  /// How far what is logged may be off, either way.
  public var tolerance: GuestDuration

  /// - Parameters: as the properties of the same names.
  public init(
    port: UInt16, delays: [GuestDuration], tolerance: GuestDuration = DialExpectation.Timing.defaultTolerance
  ) {
    self.port = port
    self.delays = delays
    self.tolerance = tolerance
  }
}
