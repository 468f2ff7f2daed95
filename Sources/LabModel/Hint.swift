// SPDX-License-Identifier: Apache-2.0

/// An explanation that a failed check offers when the evidence shows a known mistake.
public struct Hint: Equatable, Sendable {
  /// What has to be in the evidence of the failed step for the hint to apply. All conditions that are set have to hold.
  public struct Condition: Equatable, Sendable {
    /// A regular expression that what the peer received, but no step took, matches.
    public var received: String?
    /// A regular expression that a line of the UART log matches.
    public var uart: String?
    /// How the device ended the connection or answered it.
    public var ended: ConnectionEnd?
    /// Whether the peer received nothing at all on the connection since it last sent.
    public var silent: Bool?

    /// - Parameters: as the properties of the same names.
    public init(received: String? = nil, uart: String? = nil, ended: ConnectionEnd? = nil, silent: Bool? = nil) {
      self.received = received
      self.uart = uart
      self.ended = ended
      self.silent = silent
    }
  }

  /// When the hint applies.
  public var condition: Condition
  /// What it says: the mistake, not the answer.
  public var text: String

  /// - Parameters: as the properties of the same names.
  public init(condition: Condition, text: String) {
    self.condition = condition
    self.text = text
  }
}

/// How a TCP connection to the device ended, seen on the wire.
public enum ConnectionEnd: String, CaseIterable, Codable, Sendable {
  /// The device sent FIN.
  case closed
  /// The device sent RST after the connection was established.
  case reset
  /// The device answered SYN with RST.
  case refused
  /// The device never answered SYN.
  case unanswered
}
