// SPDX-License-Identifier: Apache-2.0

/// How the network between the device and everything else changes. All of it is undone when the check ends.
public enum NetworkAction: Equatable, Sendable {
  /// Every frame takes so much longer, each way.
  case delay(GuestDuration)
  /// So many of a hundred frames are lost; the seed says which.
  case loss(percent: Int, seed: UInt64)
  /// So many of a hundred frames are overtaken by the next; the seed says which.
  case reorder(percent: Int, seed: UInt64)
  /// Delay, loss and reordering end.
  case clear
  /// What a name resolves to from now on.
  case dns(name: String, answer: NameAnswer)
  /// What the device dials there is refused with RST, or vanishes. Without an address: at any.
  case block(port: UInt16, address: HostAddress?, Listening.Barrier)
}

/// What a name resolves to.
public enum NameAnswer: Equatable, Sendable {
  /// These addresses.
  case addresses([HostAddress])
  /// There is no such name.
  case nxdomain
  /// The name server does not answer.
  case silent
}

/// An IPv4 address in a lab file.
public struct HostAddress: Hashable, Sendable, CustomStringConvertible {
  /// Four numbers from 0 to 255 with dots between them.
  public let description: String

  /// Reads dotted-decimal text; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts.allSatisfy({ UInt8($0).map(String.init) == String($0) }) else { return nil }
    description = text
  }
}
