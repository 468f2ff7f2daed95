// SPDX-License-Identifier: Apache-2.0
import LabSandbox

extension BuildLog {
  /// Bytes of a line that are kept: more than a message has that says something, and few enough for whatever reads lines.
  static let lineLimit = 1_000
  /// How many errors a compiler tells before it gives up. GCC takes longer for each than for the one before: minutes for 100,000.
  static let errorLimit = 100

  /// What is kept of one tool's output where several have printed some: its beginning and its end.
  /// - Parameter count: how many tools there are.
  static func share(_ bytes: [UInt8], of count: Int) -> [UInt8] {
    var kept = BoundedBytes(limit: max(8 << 10, (1 << 20) / max(1, count)))
    kept.append(bytes)
    return kept.bytes
  }
}
