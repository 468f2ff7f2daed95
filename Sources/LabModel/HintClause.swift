// SPDX-License-Identifier: Apache-2.0

/// One thing that a hint may ask of the evidence of a failed step.
public enum HintClause: Hashable, Sendable {
  /// The client or server that the failed step is about.
  case peer(String)
  /// A pattern that what the peer received, but no step took, matches.
  case received(String)
  /// A pattern that a line of the UART log matches.
  case uart(String)
  /// How the device ended the connection or answered it.
  case ended(ConnectionEnd)
  /// Whether the peer received nothing at all on the connection since it last sent.
  case silent(Bool)
  /// Whether the device has acknowledged all that the peer sent.
  case acknowledged(Bool)
  /// A client or server whose connection the device has neither closed nor reset.
  case leftOpen(String)
  /// A client or server that the device has asked for a sign of life (keep-alive).
  case probed(String)
  /// Where the device began a connection attempt since the check began.
  case dialled(DialledPattern)
  /// What name the device asked for since the check began.
  case resolved(ResolvedName)
  /// How many connection attempts the device began since the check began: to the port of the failed step where it has one.
  case attempts(CountComparison)
  /// How the last attempt missed its time.
  case gap(AttemptGap)

  /// The names of the clauses in a lab file.
  public enum Name: String, CaseIterable, Sendable {
    case peer
    case received
    case uart
    case ended
    case silent
    case acknowledged
    case leftOpen = "left_open"
    case probed
    case dialled
    case resolved
    case attempts
    case gap
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
  /// The device has done none of this: the connection is there.
  case open
}

/// How an attempt missed its time.
public enum AttemptGap: String, CaseIterable, Sendable {
  /// It came as long after the one before it as that one had after its predecessor.
  case constant
  /// It came before its time.
  case early
  /// It came after its time, or not at all.
  case late
  /// It came after ten times its time, after a tenth or a hundredth of it: as where milliseconds or seconds are taken for ticks of 10 ms.
  case ticks
}
