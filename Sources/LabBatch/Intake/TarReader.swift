// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads the tar archive that an unpacker in the sandbox has written: POSIX.1-2001 (pax), one 512-byte header an entry. What wrote
/// it has read hostile bytes, so nothing in it is trusted: it is data in memory, every number is checked, and no file is touched.
struct TarReader {
  /// What an entry is.
  enum Kind: Hashable {
    case file, folder
    /// A symbolic link; it leads to a path relative to its own folder.
    case symbolicLink
    /// Another name for the file that its target, relative to the archive, names.
    case hardLink
    /// A device, a pipe, or a file of which only the parts between holes are there.
    case special
  }

  /// One member of the archive.
  struct Entry {
    /// Its path; any bytes but zero.
    var path: [UInt8]
    /// What it is.
    var kind: Kind
    /// Where a link leads.
    var target: [UInt8]
    /// What is in a file.
    var contents: Data
  }

  /// Why no more can be read.
  enum Problem: Error, Hashable {
    /// The data ends within an entry.
    case truncated
    /// This is no tar archive.
    case malformed
  }

  private let data: Data
  private var position: Data.Index

  /// - Parameter data: the archive.
  init(_ data: Data) {
    self.data = data
    position = data.startIndex
  }

  /// The next entry, or `nil` at the archive's end.
  mutating func next() throws(Problem) -> Entry? {
    var records: [String: [UInt8]] = [:]
    while true {
      let header = [UInt8](try take(Self.blockSize))
      if header.allSatisfy({ $0 == 0 }) { return nil }
      try Self.verify(header)
      let type = header[156]
      // Only files have contents; a size in the header of another kind has no meaning (POSIX.1-2001, pax, "size").
      let holdsData = [UInt8(0), UInt8(ascii: "0"), UInt8(ascii: "x"), UInt8(ascii: "g")].contains(type)
      let size = holdsData ? try Self.number(records["size"].map { ($0[...], 10) } ?? (header[124..<136], 8)) : 0
      let contents = try take(size)
      _ = try take((Self.blockSize - size % Self.blockSize) % Self.blockSize)
      switch type {
      case UInt8(ascii: "x"): records = try Self.records([UInt8](contents))
      case UInt8(ascii: "g"): continue
      default:
        let hasHoles = records.keys.contains { $0.hasPrefix("GNU.sparse.") }
        return Entry(
          path: records["path"] ?? Self.path(header), kind: hasHoles ? .special : Self.kind(type),
          target: records["linkpath"] ?? Self.text(header[157..<257]), contents: contents)
      }
    }
  }

  private static let blockSize = 512

  private static func kind(_ type: UInt8) -> Kind {
    switch type {
    case 0, UInt8(ascii: "0"): .file
    case UInt8(ascii: "1"): .hardLink
    case UInt8(ascii: "2"): .symbolicLink
    case UInt8(ascii: "5"): .folder
    default: .special
    }
  }

  private mutating func take(_ count: Int) throws(Problem) -> Data {
    guard count <= data.endIndex - position else { throw .truncated }
    defer { position += count }
    return data[position..<position + count]
  }

  /// Checks the header's magic word and its sum, in which the field of the sum itself counts as spaces.
  private static func verify(_ header: [UInt8]) throws(Problem) {
    guard header[257..<262].elementsEqual("ustar".utf8) else { throw .malformed }
    let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
    guard try number((header[148..<156], 8)) == sum else { throw .malformed }
  }

  /// A number in digits, spaces before it and a space or zero behind it.
  private static func number(_ field: (bytes: ArraySlice<UInt8>, radix: Int)) throws(Problem) -> Int {
    let digits = field.bytes.drop { $0 == 32 }.prefix { $0 != 32 && $0 != 0 }
    guard let number = Int(String(decoding: digits, as: UTF8.self), radix: field.radix), number >= 0 else {
      throw .malformed
    }
    return number
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

  private static func path(_ header: [UInt8]) -> [UInt8] {
    let (name, prefix) = (text(header[0..<100]), text(header[345..<500]))
    return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
  }

  /// The records of an extended header: `length keyword=value\n`, where the length counts itself and the newline.
  private static func records(_ bytes: [UInt8]) throws(Problem) -> [String: [UInt8]] {
    var records: [String: [UInt8]] = [:]
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: 32), space - rest.startIndex < 12 else { throw .malformed }
      let length = try number((rest[..<space], 10))
      guard length > space + 1 - rest.startIndex, length <= rest.count else { throw .malformed }
      let record = rest[(space + 1)..<(rest.startIndex + length)]
      guard record.last == 10, let equals = record.firstIndex(of: UInt8(ascii: "=")) else { throw .malformed }
      let keyword = String(decoding: record[..<equals], as: UTF8.self)
      let value = Array(record[(equals + 1)...].dropLast())
      // Extended attributes are binary. A path ends at a zero byte wherever it is used, so none can be in it.
      guard !["path", "linkpath"].contains(keyword) || !value.contains(0) else { throw .malformed }
      records[keyword] = value
      rest = rest[(rest.startIndex + length)...]
    }
    return records
  }
}
