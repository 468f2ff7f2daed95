// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabEmulator

@Suite struct EFuseImageTests {
  private let address: [UInt8] = [0x94, 0xb9, 0x7e, 0x5a, 0x6e, 0x58]

  /// The bytes that are not 0, by their place.
  private func burnt(_ chip: Chip) -> [Int: UInt8] {
    let bytes = EFuseImage(chip: chip, macAddress: address).bytes
    return Dictionary(
      uniqueKeysWithValues: bytes.enumerated().filter { $0.element != 0 }.map { ($0.offset, $0.element) })
  }

  @Test func anESP32IsOfRevision3() {
    #expect(EFuseImage(chip: .esp32).bytes.count == 124)
    #expect(
      burnt(.esp32) == [
        4: 0x58, 5: 0x6e, 6: 0x5a, 7: 0x7e, 8: 0xb9, 9: 0x94, 10: 0xe2, 13: 0x80, 22: 0x10,
      ])
  }

  @Test(arguments: [Chip.esp32c3, .esp32s3]) func theOthersAreOfRevision0Point3(_ chip: Chip) {
    #expect(EFuseImage(chip: chip).bytes.count == 1024)
    #expect(burnt(chip) == [24: 0x58, 25: 0x6e, 26: 0x5a, 27: 0x7e, 28: 0xb9, 29: 0x94, 38: 0x0c])
  }

  /// Addresses and checksums of chips that were sold.
  @Test func theChecksumIsTheFactorys() {
    #expect(EFuseImage.crc8(address) == 0xe2)
    #expect(EFuseImage.crc8([0xc8, 0xf0, 0x9e, 0xb1, 0x82, 0x78]) == 0xff)
  }
}
