// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// A flash image that someone built elsewhere: the whole flash, as `esptool.py merge_bin --fill-flash-size` makes it.
public struct PrebuiltImage: Hashable, Sendable {
  /// How the ROM starts it.
  public enum Boot: Hashable, Sendable {
    /// By a second-stage bootloader, as ESP-IDF's images do. The bundled emulator has no ROM for it.
    case bootloader
    /// Directly, as the bundled SDK's images do.
    case direct
  }

  /// The absolute path of the image.
  public var path: String
  /// The chip that it is for.
  public var chip: Chip
  /// How it starts.
  public var boot: Boot
  /// Its size in bytes.
  public var size: Int

  /// - Parameters: as the properties of the same names.
  public init(path: String, chip: Chip, boot: Boot, size: Int) {
    self.path = path
    self.chip = chip
    self.boot = boot
    self.size = size
  }

  /// Looks at an image. It is read and not changed.
  /// - Parameter path: absolute, or relative to the current folder.
  /// - Throws: `LabError`, a wrong call: if it is none, or not for a board that the lab has.
  public init(at path: String) throws {
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Self.error("image.missing", "there is nothing at \(path)", "check the path")
    }
    guard status.st_mode & S_IFMT == S_IFREG, let handle = FileHandle(forReadingAtPath: path) else {
      throw Self.error(
        "image.unreadable", "\(path) is not a file that can be read", "name a flash image, as in --image flash.bin")
    }
    defer { try? handle.close() }
    size = Int(status.st_size)
    // All that tells what it is lies at its beginning.
    let head = FlashHead(bytes: [UInt8]((try? handle.read(upToCount: FlashHead.length)) ?? Data()))
    (chip, boot) = try Self.examine(head, size: size, path: path)
  }

  private static func examine(_ head: FlashHead, size: Int, path: String) throws -> (Chip, Boot) {
    if head.bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) {
      throw error("image.isELF", "\(path) is the program as the linker made it, and not a flash image", merge(.esp32c3))
    }
    let isWholeFlash = FlashImage.sizes.contains(size)
    if head.bytes.starts(with: FlashImage.magic) {
      guard isWholeFlash else { throw wrongSize(size, path, .esp32c3) }
      return (.esp32c3, .direct)
    }
    guard let (offset, header) = [0, 0x1000].lazy.compactMap({ at in head.header(at: at).map { (at, $0) } }).first
    else {
      let isErased = !head.bytes.isEmpty && head.bytes.allSatisfy { $0 == head.bytes[0] && ($0 == 0xff || $0 == 0) }
      throw error(
        "image.noBootloader",
        isErased
          ? "\(path) is empty: there is no bootloader in it"
          : "\(path) is not a flash image: it begins neither with a bootloader nor as a program that boots directly",
        merge(.esp32c3))
    }
    guard let chip = header.chip else {
      throw error(
        "image.chip", "\(path) is for the \(header.chipName), which the lab does not have",
        "build it for esp32c3, esp32 or esp32s3: `idf.py set-target esp32c3`")
    }
    if offset == 0, head.isApplication(at: 0) {
      throw error(
        "image.noBootloader", "\(path) has no bootloader: it begins with the program, which belongs at 0x10000",
        merge(chip))
    }
    guard offset == chip.bootloaderOffset else {
      throw error(
        "image.noBootloader",
        "\(path) has its bootloader at 0x\(String(offset, radix: 16)), where the \(chip.title) does not look for it",
        merge(chip))
    }
    guard isWholeFlash else { throw wrongSize(size, path, chip) }
    guard head.hasPartitionTable else {
      throw error(
        "image.noPartitions",
        "\(path) has a bootloader, but no partition table: nothing tells it where the program lies",
        merge(chip))
    }
    if let declared = header.flashSize, declared > size {
      throw error(
        "image.size", "\(path) has \(size >> 20) MB, and its bootloader was built for \(declared >> 20) MB of flash",
        "fill it up: " + merge(chip, megabytes: declared >> 20))
    }
    return (chip, .bootloader)
  }

  private static func wrongSize(_ size: Int, _ path: String, _ chip: Chip) -> LabError {
    error(
      "image.size", "\(path) has \(size) bytes: a flash image has exactly 2, 4, 8 or 16 MB (4 MB are \(4 << 20) bytes)",
      merge(chip))
  }

  /// What makes an image of a build.
  private static func merge(_ chip: Chip, megabytes: Int = 4) -> String {
    "in the folder build, type `esptool.py --chip \(chip.rawValue) merge_bin --fill-flash-size \(megabytes)MB -o flash.bin "
      + "@flash_args`"
  }

  private static func error(_ code: String, _ message: String, _ remedy: String) -> LabError {
    LabError(code: code, message: message, remedy: remedy, isUsage: true)
  }
}
