// SPDX-License-Identifier: Apache-2.0

/// A moment of a run: how much of everything had been recorded. What comes later is the business of who took the position.
struct RecordPosition: Equatable, Sendable {
  /// The device's attempts to open connections.
  var attempts = 0
  /// The names that it asked for.
  var queries = 0
  /// The lines that it printed.
  var lines = 0
  /// The bytes that it printed.
  var bytes = 0
}
