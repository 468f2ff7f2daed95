// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What is burnt into a chip's eFuses at the factory, as far as firmware looks at it: the silicon's revision, without which
/// ESP-IDF's bootloader refuses to go on, and the base MAC address. All else is 0, as on a chip that nobody has configured.
///
/// Espressif's machines read it from a drive: the blocks one after the other, block 0 with its 7 (ESP32) or 6 words, then blocks 1 to 3
/// (ESP32), or block 1 with 6 words and what follows it (C3, S3). Fields are those of `components/efuse/CHIP/esp_efuse_table.csv` in
/// ESP-IDF v5.1.
public struct EFuseImage: Hashable, Sendable {
  /// The chip.
  public var chip: Chip
  /// The base MAC address, from which those of the interfaces follow; first byte first.
  public var macAddress: [UInt8]

  /// - Parameters:
  ///   - chip: the chip.
  ///   - macAddress: the base MAC address; as it stands, that of the bundled machine, which is QEMU's first.
  public init(chip: Chip, macAddress: [UInt8] = [0x52, 0x54, 0x00, 0x12, 0x34, 0x56]) {
    precondition(macAddress.count == 6, "a MAC address has 6 bytes")
    self.chip = chip
    self.macAddress = macAddress
  }

  /// The image, in the size that the chip's machine wants.
  public var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: chip == .esp32 ? 124 : 1024)
    func burn(_ bit: Int) { bytes[bit / 8] |= 1 << (bit % 8) }
    switch chip {
    case .esp32:
      // Revision 3: CHIP_VER_REV1 and CHIP_VER_REV2; the third bit is not an eFuse (efuse_hal_get_major_chip_version()).
      burn(111)
      burn(180)
      // MAC and MAC_CRC.
      bytes.replaceSubrange(4..<10, with: macAddress.reversed())
      bytes[10] = Self.crc8(macAddress)
    case .esp32c3, .esp32s3:
      let block1 = 24
      // Revision 0.3: WAFER_VERSION_MINOR_LO, 3 bits from bit 114.
      burn(block1 * 8 + 114)
      burn(block1 * 8 + 115)
      // MAC.
      bytes.replaceSubrange(block1..<block1 + 6, with: macAddress.reversed())
    }
    return bytes
  }

  /// The checksum over an ESP32's MAC address: CRC-8 with the polynomial x⁸ + x⁵ + x⁴ + 1, bits reflected, from 0
  /// (`esp_rom_efuse_mac_address_crc8()`).
  static func crc8(_ bytes: [UInt8]) -> UInt8 {
    bytes.reduce(0) { crc, byte in
      (0..<8).reduce(crc ^ byte) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x8c : value >> 1 }
    }
  }
}
