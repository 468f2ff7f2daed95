// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabBatch

/// The reader of what a program in the sandbox has written: that may be anything.
@Suite struct TarReaderTests {
  /// A header with a right sum.
  private static func header(_ name: String, size: String = "00000000005", type: Character = "0") -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    put(name, at: 0)
    put(size, at: 124)
    put(String(repeating: " ", count: 8), at: 148)
    put(String(type), at: 156)
    put("ustar\u{0}00", at: 257)
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0}", at: 148)
    return block
  }

  /// An extended header for the entry behind it.
  private static func extended(_ records: String) -> [UInt8] {
    let body = Array(records.utf8)
    let size = String(body.count, radix: 8)
    return header("x", size: String(repeating: "0", count: 11 - size.count) + size, type: "x") + body
      + [UInt8](repeating: 0, count: 512 - body.count)
  }

  private static let body = Array("hello".utf8) + [UInt8](repeating: 0, count: 507)
  private static let whole = header("main.c") + body + [UInt8](repeating: 0, count: 1024)

  private func read(_ bytes: [UInt8]) throws -> [TarReader.Entry] {
    var reader = TarReader(Data(bytes))
    var entries: [TarReader.Entry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  @Test func readsAFile() throws {
    let entries = try read(Self.whole)
    #expect(entries.map(\.path) == [Array("main.c".utf8)])
    #expect(entries[0].kind == .file && entries[0].contents == Data("hello".utf8))
  }

  @Test(arguments: 0..<1024)
  func everyPrefixIsTruncated(length: Int) throws {
    #expect(throws: TarReader.Problem.truncated) { try read(Array(Self.whole.prefix(length))) }
  }

  /// All but the one behind the sum, which means nothing.
  @Test(arguments: (0..<512).filter { $0 != 155 })
  func everyOtherByteInAHeaderIsNoticed(index: Int) throws {
    var bytes = Self.whole
    bytes[index] ^= 0x01
    #expect(throws: TarReader.Problem.self) { try read(bytes) }
  }

  @Test(arguments: ["77777777777", "-0000000001", "zzzzzzzzzzz", "99999999999", ""])
  func sizesThatCannotBeAreRefused(size: String) {
    #expect(throws: TarReader.Problem.self) { try read(Self.header("main.c", size: size) + Self.body) }
  }

  @Test(arguments: [
    "5 a=b\n", "99 path=x\n", "0 path=x\n", "-9 path=x\n", "path=x\n", " path=x\n", "9 path=x", "8 pathxy\n",
    "9223372036854775807 path=x\n", "11 size=-1\n", "31 size=9223372036854775807123\n",
  ])
  func extendedHeadersThatCannotBeAreRefused(records: String) {
    #expect(throws: TarReader.Problem.self) { try read(Self.extended(records) + Self.whole) }
  }

  @Test func aPathHasNoZeroByte() throws {
    #expect(throws: TarReader.Problem.malformed) { try read(Self.extended("9 path=\u{0}\n") + Self.whole) }
    #expect(throws: TarReader.Problem.malformed) { try read(Self.extended("14 linkpath=\u{0}\n") + Self.whole) }
    #expect(try read(Self.extended("20 SCHILY.xattr.a=\u{0}\n") + Self.whole)[0].path == Array("main.c".utf8))
  }

  @Test func aFileWithHolesIsSpecial() throws {
    #expect(try read(Self.extended("22 GNU.sparse.major=1\n") + Self.whole)[0].kind == .special)
  }
}
