// SPDX-License-Identifier: Apache-2.0

/// What a name resolves to.
public enum DNSAnswer: Codable, Equatable, Sendable {
  /// These addresses. They are taken to be hosts that exist: ports without a route refuse, and echo requests are answered.
  case addresses([IPv4Address])
  /// There is no such name.
  case nxdomain
  /// No answer at all.
  case silent
}
