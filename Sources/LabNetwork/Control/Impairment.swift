// SPDX-License-Identifier: Apache-2.0

/// How much worse than a cable the network is. It applies to TCP and DNS in both directions; ARP and DHCP always pass.
///
/// The same seed gives the same decisions: they are drawn one by one, for each direction by itself, for segments that carry
/// something (SYN, FIN or data), for bare acknowledgements and RSTs, and for DNS. So the n-th data segment of the device is lost or not
/// however many acknowledgements there are between.
public struct Impairment: Codable, Equatable, Sendable {
  /// How long each frame is under way in each direction, in nanoseconds of the host's time, up to an hour. A round trip takes twice
  /// as long.
  public var delay: UInt64
  /// How many of a hundred frames are lost: 0 to 100.
  public var lossPercent: Int
  /// How many of a hundred frames are overtaken by one to three that follow them in the same direction: 0 to 100. Without
  /// followers they come a little later than they would.
  public var reorderPercent: Int
  /// Where the draws begin.
  public var seed: UInt64

  /// - Parameters: as the properties of the same names. Without any the network is good.
  public init(delay: UInt64 = 0, lossPercent: Int = 0, reorderPercent: Int = 0, seed: UInt64 = 0) {
    self.delay = delay
    self.lossPercent = lossPercent
    self.reorderPercent = reorderPercent
    self.seed = seed
  }
}
