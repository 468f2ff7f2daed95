// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The beginning of a flash, up to and with every place where a partition table may lie.
struct FlashHead {
  /// How much of a flash is looked at.
  static let length = 0x21000

  /// The bytes; fewer if the file is shorter.
  let bytes: [UInt8]

  /// The header of an image that the ROM or a bootloader starts: `esp_image_header_t` (ESP-IDF's `esp_app_format.h`).
  struct Header {
    /// `chip_id`, at 12.
    var chipID: UInt16
    /// `spi_size`, the upper half of the byte at 3.
    var sizeCode: UInt8

    /// The chip, if it is one that the lab has.
    var chip: Chip? {
      switch chipID {
      case 0: .esp32
      case 5: .esp32c3
      case 9: .esp32s3
      default: nil
      }
    }

    /// The chip's name, for people (`esp_chip_id_t`).
    var chipName: String {
      let names: [UInt16: String] = [
        2: "ESP32-S2", 12: "ESP32-C2", 13: "ESP32-C6", 16: "ESP32-H2", 18: "ESP32-P4", 20: "ESP32-C61", 23: "ESP32-C5",
      ]
      return chip?.title ?? names[chipID] ?? "chip with the number \(chipID)"
    }

    /// The size of the flash that it was built for, in bytes; nil for codes that mean none.
    var flashSize: Int? { sizeCode <= 4 ? 1 << (20 + Int(sizeCode)) : nil }
  }

  /// The header at a place; nil if there is none: the magic byte 0xE9, and from 1 to 16 segments.
  func header(at offset: Int) -> Header? {
    guard bytes.count >= offset + 24, bytes[offset] == 0xe9, (1...16).contains(bytes[offset + 1]) else { return nil }
    return Header(
      chipID: UInt16(bytes[offset + 12]) | UInt16(bytes[offset + 13]) << 8, sizeCode: bytes[offset + 3] >> 4)
  }

  /// Whether the image at a place is a program and not a bootloader: its first segment begins with `esp_app_desc_t`.
  func isApplication(at offset: Int) -> Bool {
    let place = offset + 24 + 8
    return bytes.count >= place + 4 && bytes[place..<(place + 4)].elementsEqual(ApplicationDescription.magic)
  }

  /// Whether a partition table lies at 0x8000, or at another place that a project may choose for it (`CONFIG_PARTITION_TABLE_OFFSET`):
  /// its first entry begins with the bytes AA 50.
  var hasPartitionTable: Bool {
    stride(from: 0x8000, through: 0x20000, by: 0x1000).contains { offset in
      bytes.count >= offset + 2 && bytes[offset] == 0xaa && bytes[offset + 1] == 0x50
    }
  }
}
