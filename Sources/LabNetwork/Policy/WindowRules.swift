// SPDX-License-Identifier: Apache-2.0

/// The declared limits of windows.
struct WindowRules {
  private var limits: [WindowScope: Int] = [:]

  /// Declares a limit in bytes, or takes it back.
  mutating func set(_ scope: WindowScope, _ limit: Int?) { limits[scope] = limit }

  mutating func removeAll() { limits = [:] }

  /// The limit for a connection whose lab end has this port of 127.0.0.1.
  func limit(for id: ConnectionID, hostPort: UInt16) -> Int? {
    guard !limits.isEmpty else { return nil }
    return limits[.connection(id)] ?? limits[.hostPort(hostPort)] ?? limits[.guestPort(id.device.port)]
  }
}
