// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A linked 32-bit program in an ELF file, as far as the lab is concerned with it. The file may be anyone's: what does not hold together in it
/// is not there.
struct ProgramFile {
  /// For which processors a program may be (`e_machine`).
  enum Machine: UInt32 {
    case xtensa = 94
    case riscv = 243
  }

  private let bytes: [UInt8]
  /// The processor.
  let machine: Machine

  /// - Parameter bytes: the file's contents.
  /// - Returns: nil if they are no little-endian 32-bit ELF file for one of the processors.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 1, 1]) else { return nil }
    self.bytes = bytes
    var header = ByteReader(bytes[...], at: 18)
    guard let machine = header.number(2).flatMap(Machine.init) else { return nil }
    self.machine = machine
  }

  private struct Section {
    var name, offset, size: Int
  }

  /// Section number `index`, from the table at `table` with entries of `entrySize` bytes.
  private func section(_ index: Int, table: Int, entrySize: Int) -> Section? {
    let start = table + index * entrySize
    var entry = ByteReader(bytes[...], at: start)
    guard let name = entry.word(), let type = entry.word() else { return nil }
    entry.skip(8)
    guard let offset = entry.word(), let size = entry.word() else { return nil }
    // SHT_NOBITS takes no room in the file.
    return Section(name: Int(name), offset: Int(offset), size: type == 8 ? 0 : Int(size))
  }

  /// The contents of the first section of a name; nil if there is none.
  func section(named wanted: String) -> ArraySlice<UInt8>? {
    var header = ByteReader(bytes[...], at: 32)
    guard let table = header.word().map(Int.init) else { return nil }
    header.skip(10)
    guard let entrySize = header.number(2), let count = header.number(2), let nameIndex = header.number(2),
      let names = section(Int(nameIndex), table: table, entrySize: Int(entrySize))
    else { return nil }
    for index in 0..<Int(count) {
      guard let section = section(index, table: table, entrySize: Int(entrySize)) else { return nil }
      // No more than the name is looked at: all of them may lead to one text without end.
      let name = bytes.dropFirst(names.offset + section.name).prefix(wanted.utf8.count + 1)
      guard name.elementsEqual(wanted.utf8 + [0]) else { continue }
      guard section.offset + section.size <= bytes.count else { return nil }
      return bytes[section.offset..<(section.offset + section.size)]
    }
    return nil
  }

  /// Whether there is a symbol of a name. The linker leaves out functions that nothing uses.
  func hasSymbol(_ name: String) -> Bool {
    guard let names = section(named: ".strtab") else { return false }
    return Data(names).range(of: Data([0] + name.utf8 + [0])) != nil
  }
}
