// SPDX-License-Identifier: Apache-2.0
import CGLib

/// A SHA-256 over named parts. Every part goes in with its length, so that no two sequences of parts give the same bytes.
package struct ContentHash: ~Copyable {
  private let checksum: OpaquePointer?

  /// Begins with no part.
  package init() {
    checksum = g_checksum_new(G_CHECKSUM_SHA256)
  }

  deinit {
    if let checksum { g_checksum_free(checksum) }
  }

  /// Adds a part.
  package mutating func add(_ bytes: [UInt8]) {
    let length = Array("\(bytes.count):".utf8)
    g_checksum_update(checksum, length, length.count)
    g_checksum_update(checksum, bytes, bytes.count)
  }

  /// Adds a part.
  package mutating func add(_ text: String) {
    add(Array(text.utf8))
  }

  /// The hash so far and for good, as 64 hexadecimal digits.
  package consuming func finish() -> String {
    g_checksum_get_string(checksum).map { String(cString: $0) } ?? ""
  }
}
