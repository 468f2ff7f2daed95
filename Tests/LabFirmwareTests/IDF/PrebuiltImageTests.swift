// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

@Suite struct PrebuiltImageTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// A header as a bootloader has it.
  private static func header(chip: UInt8, sizeCode: UInt8 = 2) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes.replaceSubrange(0..<4, with: [0xe9, 4, 2, sizeCode << 4])
    bytes[12] = chip
    return bytes
  }

  /// A flash with parts at their places.
  private func flash(_ parts: [Int: [UInt8]], megabytes: Int = 4) -> [UInt8] {
    var bytes = [UInt8](repeating: 0xff, count: megabytes << 20)
    for (offset, part) in parts { bytes.replaceSubrange(offset..<(offset + part.count), with: part) }
    return bytes
  }

  private func image(_ bytes: [UInt8]) throws -> PrebuiltImage {
    let path = fixture.path + "/flash.bin"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try PrebuiltImage(at: path)
  }

  private func problem(_ bytes: [UInt8]) throws -> LabError {
    let error = try #require(throws: LabError.self) { try image(bytes) }
    #expect(error.isUsage)
    #expect(error.remedy != nil)
    return error
  }

  private static let table: [UInt8] = [0xaa, 0x50]

  @Test(arguments: [(Chip.esp32, UInt8(0), 0x1000), (.esp32c3, 5, 0), (.esp32s3, 9, 0)])
  func knowsTheChips(chip: Chip, id: UInt8, offset: Int) throws {
    let found = try image(flash([offset: Self.header(chip: id), 0x8000: Self.table]))
    #expect(found.chip == chip)
    #expect(found.boot == .bootloader)
    #expect(found.size == 4 << 20)
  }

  @Test(arguments: [2, 4, 8, 16]) func takesEverySize(megabytes: Int) throws {
    #expect(try image(flash([0: FlashImage.magic], megabytes: megabytes)).boot == .direct)
    let header = Self.header(chip: 5, sizeCode: 1)
    #expect(try image(flash([0: header, 0x8000: Self.table], megabytes: megabytes)).boot == .bootloader)
  }

  @Test func takesAPartitionTableElsewhere() throws {
    #expect(try image(flash([0: Self.header(chip: 5), 0x10000: Self.table])).chip == .esp32c3)
  }

  @Test func refusesAnotherChip() throws {
    let error = try problem(flash([0: Self.header(chip: 13), 0x8000: Self.table]))
    #expect(error.code == "image.chip")
    #expect(error.message.contains("ESP32-C6"))
    #expect(try problem(flash([0: Self.header(chip: 200)])).message.contains("number 200"))
  }

  @Test func refusesOtherSizes() throws {
    for bytes in [
      Array(flash([0: FlashImage.magic]).dropLast()), flash([0: Self.header(chip: 5), 0x8000: Self.table]) + [0],
      flash([0: Self.header(chip: 5), 0x8000: Self.table], megabytes: 1), Self.header(chip: 9), FlashImage.magic,
    ] {
      let error = try problem(bytes)
      #expect(error.code == "image.size")
      #expect(error.message.contains("\(bytes.count) bytes"))
      #expect(error.remedy?.contains("--fill-flash-size") == true)
    }
  }

  @Test func refusesAFlashThatIsSmallerThanItsBootloaderSays() throws {
    let error = try problem(flash([0: Self.header(chip: 5, sizeCode: 3), 0x8000: Self.table], megabytes: 2))
    #expect(error.code == "image.size")
    #expect(error.message.contains("8 MB"))
  }

  @Test func saysThatThereIsNoBootloader() throws {
    var program = Self.header(chip: 5)
    program.replaceSubrange(32..<36, with: ApplicationDescription.magic)
    for bytes in [
      flash([:]), [UInt8](repeating: 0, count: 4 << 20), flash([0x8000: Self.table, 0x10000: program]), program,
      flash([0: Self.header(chip: 0), 0x8000: Self.table]), flash([0x1000: Self.header(chip: 5), 0x8000: Self.table]),
    ] {
      #expect(try problem(bytes).code == "image.noBootloader")
    }
  }

  @Test func saysThatThereIsNoPartitionTable() throws {
    #expect(try problem(flash([0: Self.header(chip: 5)])).code == "image.noPartitions")
  }

  @Test(arguments: ["", "x", "int main;", String(repeating: "y", count: 4 << 20), "\u{7f}ELF\u{1}\u{1}"])
  func refusesOtherFiles(_ text: String) throws {
    _ = try problem(Array(text.utf8))
  }

  @Test func refusesPathsWithoutAFile() throws {
    #expect(throws: LabError.self) { try PrebuiltImage(at: fixture.path) }
    #expect(throws: LabError.self) { try PrebuiltImage(at: fixture.path + "/none") }
    #expect(throws: LabError.self) { try PrebuiltImage(at: "/dev/zero") }
  }
}
