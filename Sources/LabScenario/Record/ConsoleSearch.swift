// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Looks for data among what a device prints. Bytes that are not of the data's alphabet do not count, on either side; nor do whole characters that the data has not.
struct ConsoleSearch: Equatable {
  /// What is looked for, without what does not count.
  private let wanted: [UInt8]
  private let alphabet: Set<UInt8>
  /// The characters beyond ASCII that the data has; nil where it is no text.
  private let characters: Set<[UInt8]>?
  /// The beginning of a character that is being printed.
  private var unfinished: [UInt8] = []
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
    characters = String(bytes: data.bytes, encoding: .utf8).map { text in
      Set(text.unicodeScalars.lazy.filter { !$0.isASCII }.map { Array(String($0).utf8) })
    }
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

  /// Looks at the bytes that were printed next.
  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes where !isComplete {
      guard let characters else {
        count(byte)
        continue
      }
      let isContinuation = byte & 0xc0 == 0x80
      if !isContinuation || unfinished.isEmpty {
        // What was cut off may go on behind something else that is printed.
        for byte in unfinished { count(byte) }
        unfinished = []
        if byte < 0xc2 { count(byte) } else { unfinished = [byte] }
        continue
      }
      unfinished.append(byte)
      guard unfinished.count == Self.length(from: unfinished[0]) else { continue }
      if characters.contains(unfinished) { for byte in unfinished { count(byte) } }
      unfinished = []
    }
  }

  /// How many bytes a character has, by its first (RFC 3629, section 3).
  private static func length(from first: UInt8) -> Int { first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4 }

  private mutating func count(_ byte: UInt8) {
    guard !isComplete, alphabet.contains(byte) else { return }
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
