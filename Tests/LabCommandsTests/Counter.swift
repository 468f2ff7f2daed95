// SPDX-License-Identifier: Apache-2.0
import Synchronization

@testable import LabCommands

/// An output's memory that also counts.
final class Counter: Sendable {
  private let count = Mutex(0)
  private let bytes = Mutex<[UInt8]>([])

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  func next() -> Int {
    count.withLock { count in
      defer { count += 1 }
      return count
    }
  }

  func take(_ more: ArraySlice<UInt8>) -> Result<Int, Errno> {
    bytes.withLock { $0 += more }
    return .success(more.count)
  }
}
