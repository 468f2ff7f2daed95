// SPDX-License-Identifier: Apache-2.0

/// What a program's debug information says of where functions keep what they have to restore: the section `.debug_frame` (DWARF 5, 6.4).
struct CallFrames {
  /// Where a register's value in the caller is found.
  enum Rule: Hashable {
    /// In memory, so far from the frame's address.
    case saved(Int)
    /// Nowhere: there is no caller.
    case lost
  }

  /// How things stand at one address.
  struct Row {
    /// The frame's address is this register's value plus `offset`.
    var register = 0
    var offset = 0
    /// Registers that are not as the caller left them, by number.
    var rules: [Int: Rule] = [:]
  }

  private let section: ArraySlice<UInt8>
  private let functions: [Function]

  /// A frame description entry: what a function has of its own.
  private struct Function {
    var start, length: UInt32
    /// Where the entry of what it has in common with others begins.
    var common: UInt32
    var instructions: ArraySlice<UInt8>
  }

  /// The longest section that is read, in bytes: some times that of ESP-IDF's largest programs.
  private static let longestSection = 8 << 20

  /// - Parameter section: the contents of `.debug_frame`; of one that is too long nothing is known.
  init(_ section: ArraySlice<UInt8>) {
    self.section = section.count <= Self.longestSection ? section : []
    functions = Self.functions(in: self.section)
  }

  private static func functions(in section: ArraySlice<UInt8>) -> [Function] {
    var functions: [Function] = []
    var reader = ByteReader(section)
    while let entry = entry(&reader) {
      var contents = ByteReader(entry)
      guard let common = contents.word(), common != .max, let start = contents.word(), let length = contents.word()
      else { continue }
      functions.append(
        Function(start: start, length: length, common: common, instructions: entry[contents.position...]))
    }
    return functions
  }

  /// A common information entry: what the functions of a file have in common.
  private struct Common {
    var codeFactor, dataFactor: Int
    var instructions: ArraySlice<UInt8>
  }

  /// - Returns: how things stand just before the instruction at an address; nil if the section does not say, or says it in a way that is
  ///   not understood.
  func row(at address: UInt32) -> Row? {
    guard let function = functions.first(where: { address >= $0.start && address - $0.start < $0.length }),
      let common = self.common(at: Int(function.common))
    else { return nil }
    var program = Program(common: (common.codeFactor, common.dataFactor), location: Int(function.start))
    guard program.run(common.instructions, until: .max) else { return nil }
    program.initial = program.row
    return program.run(function.instructions, until: Int(address)) ? program.row : nil
  }

  /// The contents of the entry at the reader's position, without its length.
  private static func entry(_ reader: inout ByteReader) -> ArraySlice<UInt8>? {
    guard let length = reader.word(), length < 0xffff_fff0, length >= 4 else { return nil }
    let start = reader.position
    reader.skip(Int(length))
    return reader.position - start == Int(length) ? reader.slice(from: start) : nil
  }

  private func common(at offset: Int) -> Common? {
    var reader = ByteReader(section, at: section.startIndex + offset)
    guard let entry = Self.entry(&reader) else { return nil }
    var contents = ByteReader(entry)
    guard contents.word() == .max, let version = contents.byte(),
      let augmentation = contents.text(), augmentation.isEmpty
    else { return nil }
    if version >= 4 { contents.skip(2) }
    guard let codeFactor = contents.unsigned(), let dataFactor = contents.signed() else { return nil }
    if version == 1 { contents.skip(1) } else if contents.unsigned() == nil { return nil }
    return Common(codeFactor: codeFactor, dataFactor: dataFactor, instructions: entry[contents.position...])
  }
}

extension CallFrames {
  /// Carries out an entry's instructions, which tell how a row differs from the one before it.
  private struct Program {
    let common: (codeFactor: Int, dataFactor: Int)
    var location: Int
    var row = Row()
    /// The row that an entry begins with.
    var initial = Row()
    private var remembered: [Row] = []

    init(common: (codeFactor: Int, dataFactor: Int), location: Int) {
      self.common = common
      self.location = location
    }

    /// - Returns: false if an instruction is not understood.
    mutating func run(_ instructions: ArraySlice<UInt8>, until address: Int) -> Bool {
      var reader = ByteReader(instructions)
      while let opcode = reader.byte() {
        if let step = advance(opcode, &reader) {
          location += step * common.codeFactor
          if location > address { return true }
        } else if !carryOut(opcode, &reader) {
          return false
        }
      }
      return true
    }

    /// How far an instruction goes on in the code; nil if it is another one.
    private func advance(_ opcode: UInt8, _ reader: inout ByteReader) -> Int? {
      switch opcode {
      case 0x40...0x7f: Int(opcode & 0x3f)  // advance_loc
      case 0x02: reader.number(1).map(Int.init)
      case 0x03: reader.number(2).map(Int.init)
      case 0x04: reader.number(4).map(Int.init)
      default: nil
      }
    }

    private mutating func carryOut(_ opcode: UInt8, _ reader: inout ByteReader) -> Bool {
      switch opcode {
      case 0x00: return true  // nop
      case 0x80...0xbf:  // offset
        return save(Int(opcode & 0x3f), reader.unsigned())
      case 0xc0...0xff:  // restore
        row.rules[Int(opcode & 0x3f)] = initial.rules[Int(opcode & 0x3f)]
        return true
      case 0x05: return reader.unsigned().map { save($0, reader.unsigned()) } ?? false  // offset_extended
      case 0x11: return reader.unsigned().map { save($0, reader.signed()) } ?? false  // offset_extended_sf
      case 0x0a:  // remember_state
        remembered.append(row)
        return remembered.count <= 64
      case 0x0b:  // restore_state
        guard let last = remembered.popLast() else { return false }
        row = last
        return true
      case 0x0c: return define(reader.unsigned(), reader.unsigned())  // def_cfa
      case 0x12: return define(reader.unsigned(), reader.signed().map { $0 * common.dataFactor })  // def_cfa_sf
      case 0x0d: return define(reader.unsigned(), row.offset)  // def_cfa_register
      case 0x0e: return define(row.register, reader.unsigned())  // def_cfa_offset
      case 0x13: return define(row.register, reader.signed().map { $0 * common.dataFactor })  // def_cfa_offset_sf
      case 0x06, 0x07, 0x08: return change(opcode, reader.unsigned())
      default: return false
      }
    }

    /// The processors have fewer registers (RISC-V and Xtensa ELF psABI), and each row is copied when it is remembered.
    private static let registers = 0..<256

    private mutating func save(_ register: Int, _ offset: Int?) -> Bool {
      guard let offset, Self.registers.contains(register) else { return false }
      row.rules[register] = .saved(offset * common.dataFactor)
      return true
    }

    private mutating func define(_ register: Int?, _ offset: Int?) -> Bool {
      guard let register, let offset else { return false }
      (row.register, row.offset) = (register, offset)
      return true
    }

    /// restore_extended, undefined and same_value.
    private mutating func change(_ opcode: UInt8, _ register: Int?) -> Bool {
      guard let register, Self.registers.contains(register) else { return false }
      row.rules[register] = opcode == 0x06 ? initial.rules[register] : opcode == 0x07 ? .lost : nil
      return true
    }
  }
}
