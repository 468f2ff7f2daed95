// SPDX-License-Identifier: Apache-2.0

/// Draws what becomes of frames on an impaired network.
struct ImpairmentDice {
  /// Frames that are drawn for by themselves, so that the number of those of one kind does not change the fate of the others.
  enum Kind: Int {
    /// TCP with SYN, FIN or data.
    case sequenced
    /// Other TCP.
    case bare
    /// DNS.
    case dns
  }

  /// The most frames by which one is overtaken.
  static let mostOvertakers = 3

  /// The longest delay, in nanoseconds.
  private static let longestDelay: UInt64 = 3_600_000_000_000

  private(set) var impairment: Impairment
  private var losses: [SplitMix64]
  private var orders: [SplitMix64]

  init(_ impairment: Impairment) {
    self.impairment = impairment
    self.impairment.delay = min(impairment.delay, ImpairmentDice.longestDelay)
    // One generator hands out the seeds of the others.
    var seeds = SplitMix64(state: impairment.seed)
    losses = (0..<6).map { _ in SplitMix64(state: seeds.next()) }
    orders = (0..<6).map { _ in SplitMix64(state: seeds.next()) }
  }

  /// Whether the next frame of a kind gets lost.
  mutating func loses(_ kind: Kind, _ direction: Direction) -> Bool {
    losses[ImpairmentDice.index(kind, direction)].percentage() < impairment.lossPercent
  }

  /// By how many frames the next one of a kind is overtaken.
  mutating func overtakers(_ kind: Kind, _ direction: Direction) -> Int {
    let index = ImpairmentDice.index(kind, direction)
    let percentage = orders[index].percentage()
    let count = 1 + Int(orders[index].next() % UInt64(ImpairmentDice.mostOvertakers))
    return percentage < impairment.reorderPercent ? count : 0
  }

  private static func index(_ kind: Kind, _ direction: Direction) -> Int {
    kind.rawValue * 2 + (direction == .fromDevice ? 0 : 1)
  }
}

extension SplitMix64 {
  /// 0 to 99. The library's `Int.random` might draw otherwise one day, and a lab file means the same for ever.
  fileprivate mutating func percentage() -> Int { Int(next() % 100) }
}

extension Frame {
  /// The kind of frame for which is drawn; nil for those that the network always treats well.
  var kind: ImpairmentDice.Kind? {
    switch content {
    case .tcp(_, let tcp, let payload):
      payload.isEmpty && tcp.flags.isDisjoint(with: [.syn, .fin]) ? .bare : .sequenced
    case .udp(_, let udp, _): udp.sourcePort == DNSQuery.port || udp.destinationPort == DNSQuery.port ? .dns : nil
    case .arp, .echo: nil
    }
  }
}
