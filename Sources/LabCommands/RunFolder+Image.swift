// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel

extension RunFolder {
  /// Keeps an image that was built elsewhere, as a build would have left it: what is booted is evidence too.
  /// - Parameters:
  ///   - image: the image.
  ///   - elf: the absolute path of its program's ELF file, if that came along.
  /// - Returns: the paths of both in the folder; an empty one for the ELF file if there is none.
  /// - Throws: `LabError` if the ELF file is none, or if the folder cannot be written.
  func keep(_ image: PrebuiltImage, elf: String?) throws -> (flash: String, elf: String) {
    let flash = url.appending(path: "flash.bin").path
    try copy(image.path, to: flash)
    guard let elf else { return (flash, "") }
    let magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
    guard let handle = FileHandle(forReadingAtPath: elf), let head = try? handle.read(upToCount: 4),
      head.elementsEqual(magic)
    else {
      throw LabError(
        code: "image.elf", message: "\(elf) is not an ELF file",
        remedy: "name the build's .elf file, or leave out --elf",
        isUsage: true)
    }
    let program = url.appending(path: "firmware.elf").path
    try copy(elf, to: program)
    return (flash, program)
  }

  private func copy(_ source: String, to target: String) throws {
    do {
      try FileManager.default.copyItem(
        atPath: URL(fileURLWithPath: source).resolvingSymlinksInPath().path, toPath: target)
    } catch {
      throw LabError(
        code: "output.unwritable", message: "cannot write \(target): \(error.localizedDescription)",
        remedy: "check that there is room on the disk")
    }
  }
}
