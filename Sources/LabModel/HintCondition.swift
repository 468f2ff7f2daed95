// SPDX-License-Identifier: Apache-2.0

/// What has to be in the evidence of a failed step for a hint to apply. All conditions that are set have to hold.
public struct HintCondition: Equatable, Sendable {
  /// The client or server that the failed step is about.
  public var peer: String?
  /// A pattern that what the peer received, but no step took, matches.
  public var received: String?
  /// A pattern that a line of the UART log matches.
  public var uart: String?
  /// How the device ended the connection or answered it.
  public var ended: ConnectionEnd?
  /// Whether the peer received nothing at all on the connection since it last sent.
  public var silent: Bool?
  /// Whether the device has acknowledged all that the peer sent.
  public var acknowledged: Bool?
  /// A client or server whose connection the device has neither closed nor reset.
  public var leftOpen: String?
  /// A client or server that the device has asked for a sign of life (keep-alive).
  public var probed: String?
  /// Where the device began a connection attempt since the check began.
  public var dialled: DialledPattern?
  /// What name the device asked for since the check began.
  public var resolved: ResolvedName?
  /// How many connection attempts the device began since the check began: to the port of the failed step where it has one.
  public var attempts: CountComparison?
  /// How the last attempt missed its time.
  public var gap: AttemptGap?

  /// - Parameters: as the properties of the same names.
  public init(
    peer: String? = nil, received: String? = nil, uart: String? = nil, ended: ConnectionEnd? = nil,
    silent: Bool? = nil, acknowledged: Bool? = nil, leftOpen: String? = nil, probed: String? = nil,
    dialled: DialledPattern? = nil, resolved: ResolvedName? = nil, attempts: CountComparison? = nil,
    gap: AttemptGap? = nil
  ) {
    self.peer = peer
    self.received = received
    self.uart = uart
    self.ended = ended
    self.silent = silent
    self.acknowledged = acknowledged
    self.leftOpen = leftOpen
    self.probed = probed
    self.dialled = dialled
    self.resolved = resolved
    self.attempts = attempts
    self.gap = gap
  }

  /// Whether it holds wherever another one does: whatever it asks for, the other asks for as well.
  public func holdsWherever(_ other: HintCondition) -> Bool {
    func asksNoMore<Value: Equatable>(_ property: KeyPath<HintCondition, Value?>) -> Bool {
      self[keyPath: property] == nil || self[keyPath: property] == other[keyPath: property]
    }
    return asksNoMore(\.peer) && asksNoMore(\.received) && asksNoMore(\.uart) && asksNoMore(\.ended)
      && asksNoMore(\.silent) && asksNoMore(\.acknowledged) && asksNoMore(\.leftOpen) && asksNoMore(\.probed)
      && asksNoMore(\.dialled) && asksNoMore(\.resolved) && asksNoMore(\.attempts) && asksNoMore(\.gap)
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

/// How an attempt missed its time.
public enum AttemptGap: String, CaseIterable, Sendable {
  /// It came as long after the one before it as that one had after its predecessor.
  case constant
  /// It came before its time.
  case early
  /// It came after its time, or not at all.
  case late
}

/// A name that the device asked for.
public enum ResolvedName: Equatable, Sendable {
  /// It asked for none.
  case nothing
  /// It asked for this one.
  case name(String)

  /// Whether it holds for the names that were asked for. Case and a final dot do not matter.
  public func holds(for names: some Sequence<String>) -> Bool {
    switch self {
    case .nothing: !names.contains { _ in true }
    case .name(let name): names.contains { Self.canonical($0) == Self.canonical(name) }
    }
  }

  private static func canonical(_ name: String) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }
}
