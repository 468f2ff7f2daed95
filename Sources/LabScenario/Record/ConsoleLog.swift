// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The bytes that a device printed, as far as they are kept, and the search for data among them.
struct ConsoleLog {
  /// How many of the last bytes are kept.
  private static let limit = 1 << 20

  /// How many bytes were printed in all.
  private(set) var total = 0
  private var kept: [UInt8] = []
  /// What is being looked for, in all that is printed.
  private var inAll: ConsoleSearch?
  /// The same in what is not a line of `ESP_LOGx`: such a line may have any characters, and stand anywhere in between.
  private var outsideLogs: ConsoleSearch?
  private var filter = LogLineFilter()

  /// The search that has come further.
  var search: ConsoleSearch? {
    guard let inAll, let outsideLogs else { return nil }
    return outsideLogs.longest > inAll.longest ? outsideLogs : inAll
  }

  /// Takes up what the device printed.
  mutating func append(_ bytes: [UInt8]) {
    total += bytes.count
    kept.append(contentsOf: bytes)
    if kept.count > 2 * Self.limit { kept.removeFirst(kept.count - Self.limit) }
    take(bytes)
  }

  private mutating func take(_ bytes: some Sequence<UInt8>) {
    guard inAll != nil else { return }
    inAll?.take(bytes)
    outsideLogs?.take(filter.strip(bytes))
  }

  /// Begins to look for data.
  /// - Parameter first: how many of the bytes printed so far are passed over.
  mutating func look(for data: LabData, after first: Int) {
    inAll = ConsoleSearch(for: data)
    outsideLogs = inAll
    filter = LogLineFilter()
    take(kept.suffix(max(0, total - first)))
  }
}
