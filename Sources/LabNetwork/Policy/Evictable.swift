// SPDX-License-Identifier: Apache-2.0

/// Something kept in a table of bounded size.
protocol Evictable {
  /// Whether it has come to its end and is kept for latecomers only.
  var isClosed: Bool { get }
  /// The time of its last use, in nanoseconds.
  var lastUsed: UInt64 { get }
}

extension Dictionary where Value: Evictable {
  /// The key to give up when room is needed: that of the closed one, or else of any one, unused for longest.
  var keyToEvict: Key? {
    self.min { left, right in
      left.value.isClosed != right.value.isClosed
        ? left.value.isClosed : left.value.lastUsed < right.value.lastUsed
    }?.key
  }
}
