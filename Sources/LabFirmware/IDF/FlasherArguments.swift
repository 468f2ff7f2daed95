// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What ESP-IDF's build says is to be written to the flash, and where: `flasher_args.json` in its build folder.
public struct FlasherArguments: Hashable, Sendable {
  /// A file and its place in the flash.
  public struct Part: Hashable, Sendable {
    /// Where it begins, in bytes.
    public var offset: Int
    /// Its path in the build folder.
    public var file: String
  }

  /// The chip that was built for.
  public var chip: Chip
  /// The size of the flash in bytes: 2, 4, 8 or 16 MB.
  public var flashSize: Int
  /// The files, in the order of their places.
  public var parts: [Part]

  private struct Contents: Decodable {
    struct Settings: Decodable { var flash_size: String }
    struct Extra: Decodable { var chip: String }
    var flash_settings: Settings
    var flash_files: [String: String]
    var extra_esptool_args: Extra
  }

  /// Reads the file in a build folder.
  /// - Throws: `LabError` if it is not there, is not what ESP-IDF writes, or asks for what no emulator has; `BuildFailure` if it is no file.
  public init(buildFolder: String) throws {
    let contents: [UInt8]
    do throws(ForeignFile.Problem) {
      contents = try ForeignFile.contents(of: Self.name, in: buildFolder, limit: 1 << 20)
    } catch .missing {
      throw Self.error("ESP-IDF's build has left no \(Self.name)")
    } catch {
      throw BuildFailure(leftBehind: Self.name, error)
    }
    try self.init(json: Data(contents))
  }

  /// - Parameter json: the file's contents.
  init(json: Data) throws {
    let contents: Contents
    do {
      contents = try JSONDecoder().decode(Contents.self, from: json)
    } catch {
      throw Self.error("\(Self.name) is not what ESP-IDF writes: \(Self.reason(error))")
    }
    guard let chip = Chip(rawValue: contents.extra_esptool_args.chip) else {
      throw Self.error("\(Self.name) is for the chip \(contents.extra_esptool_args.chip), which the lab does not have")
    }
    self.chip = chip
    let size = contents.flash_settings.flash_size
    guard size.hasSuffix("MB"), let megabytes = Int(size.dropLast(2)), FlashImage.sizes.contains(megabytes << 20) else {
      throw LabError(
        code: "idf.flashSize", message: "the flash's size is \(size); the emulator has 2, 4, 8 or 16 MB",
        remedy: "set CONFIG_ESPTOOLPY_FLASHSIZE to one of those", isUsage: true)
    }
    flashSize = megabytes << 20
    parts = try contents.flash_files.map { offset, file in
      guard offset.hasPrefix("0x"), let number = Int(offset.dropFirst(2), radix: 16) else {
        throw Self.error("\(Self.name) has the offset \(offset) for \(file)")
      }
      return Part(offset: number, file: file)
    }.sorted { $0.offset < $1.offset }
    guard parts.contains(where: { $0.offset == chip.bootloaderOffset }) else {
      throw Self.error(
        "\(Self.name) has no bootloader, which belongs at 0x\(String(chip.bootloaderOffset, radix: 16)) on the \(chip.title)"
      )
    }
  }

  private static let name = "flasher_args.json"

  /// Puts the flash image together. Flash that nothing was written to is 0xFF.
  /// - Parameter buildFolder: the folder of the files, absolute. What lies elsewhere, be it by a link, is not taken.
  /// - Throws: `LabError` if a file is not there or two overlap, `BuildFailure` if one does not fit or is no file.
  public func image(from buildFolder: String) throws -> [UInt8] {
    var image = [UInt8](repeating: 0xff, count: flashSize)
    var end = 0
    var before = ""
    for part in parts {
      let contents = try contents(of: part.file, in: buildFolder)
      guard part.offset >= end else {
        throw Self.error("\(before) and \(part.file) overlap in the flash")
      }
      end = part.offset + contents.count
      guard end <= flashSize else {
        throw BuildFailure(
          .tooBig, "the program does not fit: \(part.file) ends at \(end) bytes, and the flash has \(flashSize)")
      }
      image.replaceSubrange(part.offset..<end, with: contents)
      before = part.file
    }
    return image
  }

  private func contents(of file: String, in folder: String) throws -> [UInt8] {
    guard !file.split(separator: "/", omittingEmptySubsequences: false).contains(where: { ["", ".."].contains($0) })
    else {
      throw Self.error("\(Self.name) names \(file), which is not in the build folder")
    }
    do throws(ForeignFile.Problem) {
      let contents = try ForeignFile.contents(of: file, in: folder, limit: flashSize)
      if !contents.isEmpty { return contents }
    } catch .missing {
      throw Self.error("\(Self.name) names \(file), which the build has not left")
    } catch .tooBig {
      throw BuildFailure(
        .tooBig, "the program does not fit: \(file) has more bytes than the flash, which has \(flashSize)")
    } catch {
      throw BuildFailure(leftBehind: file, error)
    }
    throw Self.error("\(file) is empty")
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "it lacks \(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is something else than expected"
    default: "it is not JSON"
    }
  }

  private static func error(_ message: String) -> LabError {
    LabError(
      code: "idf.output", message: message,
      remedy: "see that `idf.py build` works in a project of yours; if it does, the lab has a fault")
  }
}

extension Chip {
  /// Where in the flash the ROM looks for the bootloader, in bytes.
  var bootloaderOffset: Int { self == .esp32 ? 0x1000 : 0 }
}

extension BuildFailure {
  /// Something lies where the build leaves a file: no build does that, but what has broken out of a compiler may.
  init(leftBehind file: String, _ problem: ForeignFile.Problem) {
    self.init(.link, "what the build has left cannot be used: \(file) \(problem)")
  }
}
