// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The bytes that a device printed, as far as they are kept, and the search for data among them.
struct ConsoleLog {
  /// How many of the last bytes are kept.
  private static let limit = 1 << 20

  /// How many bytes were printed in all.
  private(set) var total = 0
  private var kept: [UInt8] = []
  /// What is being looked for.
  private(set) var search: ConsoleSearch?

  /// Takes up what the device printed.
  mutating func append(_ bytes: [UInt8]) {
    total += bytes.count
    kept.append(contentsOf: bytes)
    if kept.count > 2 * Self.limit { kept.removeFirst(kept.count - Self.limit) }
    search?.take(bytes)
  }

  /// Begins to look for data.
  /// - Parameter first: how many of the bytes printed so far are passed over.
  mutating func look(for data: LabData, after first: Int) {
    var search = ConsoleSearch(for: data)
    search.take(kept.suffix(max(0, total - first)))
    self.search = search
  }
}

/// Looks for data among what a device prints. Bytes that are not of the data's alphabet do not count, on either side.
struct ConsoleSearch: Equatable {
  /// What is looked for, without what does not count.
  private let wanted: [UInt8]
  private let alphabet: Set<UInt8>
  /// How much of what is wanted stands before each of its bytes a second time (Knuth, Morris and Pratt, 1977).
  private let borders: [Int]
  /// How many bytes of what is wanted the last bytes that counted are.
  private var matched = 0
  /// How many bytes counted.
  private(set) var counted = 0
  /// The longest beginning that was found, and the bytes that came after it.
  private(set) var longest = 0
  private(set) var afterLongest: [UInt8] = []

  init(for data: LabData) {
    alphabet = data.alphabet
    wanted = data.bytes.filter(data.alphabet.contains)
    var borders = [0]
    for index in wanted.indices.dropFirst() {
      var length = borders[index - 1]
      while length > 0, wanted[index] != wanted[length] { length = borders[length - 1] }
      borders.append(wanted[index] == wanted[length] ? length + 1 : 0)
    }
    self.borders = borders
  }

  /// How many bytes have to be found.
  var length: Int { wanted.count }

  /// Whether all were.
  var isComplete: Bool { longest == wanted.count }

  /// The bytes that should have come after the longest beginning.
  var missing: ArraySlice<UInt8> { wanted[longest...] }

  /// Takes up printed bytes.
  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes where !isComplete && alphabet.contains(byte) {
      counted += 1
      while matched > 0, wanted[matched] != byte { matched = borders[matched - 1] }
      if wanted[matched] == byte { matched += 1 }
      if matched > longest {
        longest = matched
        afterLongest = []
      } else if afterLongest.count < 40 {
        afterLongest.append(byte)
      }
    }
  }
}
