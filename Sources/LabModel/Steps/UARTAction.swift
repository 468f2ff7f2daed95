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
  /// A line matches so far that is like no other since the start of the check or the last mark, numbers aside.
  case once(pattern: String)
  /// No line matches so far, from the start of the check or the last mark on.
  case absent(pattern: String)
}
