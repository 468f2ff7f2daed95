// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

@Suite struct FlasherArgumentsTests {
  private static func json(
    size: String = "4MB", chip: String = "esp32c3",
    files: [String: String] = ["0x8000": "p/t.bin", "0x0": "b/b.bin", "0x10000": "app.bin"]
  ) -> String {
    let list = files.map { "\"\($0)\" : \"\($1)\"" }.joined(separator: ",\n")
    return """
      { "write_flash_args" : [ "--flash_mode", "dio" ],
        "flash_settings" : { "flash_mode": "dio", "flash_size": "\(size)", "flash_freq": "80m" },
        "flash_files" : { \(list) },
        "app" : { "offset" : "0x10000", "file" : "app.bin", "encrypted" : "false" },
        "extra_esptool_args" : { "after" : "hard_reset", "stub" : true, "chip" : "\(chip)" } }
      """
  }

  private static let contents = ["b/b.bin": "boot", "p/t.bin": "table", "app.bin": "program"]

  private func folder(_ json: String, _ files: [String: String] = contents) throws -> Fixture {
    try Fixture(files.merging(["flasher_args.json": json]) { $1 })
  }

  private func problem(_ json: String, _ files: [String: String] = contents) throws -> LabError {
    let folder = try folder(json, files)
    return try #require(throws: LabError.self) {
      try FlasherArguments(buildFolder: folder.path).image(from: folder.path)
    }
  }

  @Test(arguments: [2, 4, 8, 16]) func putsAnImageTogether(megabytes: Int) throws {
    let folder = try folder(Self.json(size: "\(megabytes)MB"))
    let arguments = try FlasherArguments(buildFolder: folder.path)
    #expect(arguments.parts.map(\.offset) == [0, 0x8000, 0x10000])
    let image = try arguments.image(from: folder.path)
    #expect(image.count == megabytes << 20)
    #expect(image.starts(with: "boot".utf8))
    #expect(image[0x8000...].starts(with: "table".utf8))
    #expect(image[0x10000...].starts(with: "program".utf8))
    // Flash that nothing was written to is erased.
    #expect(image[4] == 0xff && image[image.count - 1] == 0xff)
  }

  @Test func knowsWhereTheESP32HasItsBootloader() throws {
    let files = ["0x1000": "b/b.bin", "0x8000": "p/t.bin", "0x10000": "app.bin"]
    let folder = try folder(Self.json(chip: "esp32", files: files))
    #expect(try FlasherArguments(buildFolder: folder.path).chip == .esp32)
    #expect(try problem(Self.json(chip: "esp32s3", files: files)).message.contains("bootloader, which belongs at 0x0"))
    #expect(try problem(Self.json(chip: "esp32")).message.contains("0x1000"))
  }

  @Test(arguments: ["1MB", "32MB", "3MB", "detect", "4 MB", ""]) func refusesASize(_ size: String) throws {
    let error = try problem(Self.json(size: size))
    #expect(error.message.contains("2, 4, 8 or 16 MB"))
  }

  @Test func refusesAnotherChip() throws {
    #expect(try problem(Self.json(chip: "esp32h2")).message.contains("esp32h2"))
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"flash_settings": 3}"#,
    #"{"flash_settings": {"flash_size": "4MB"}, "flash_files": {"nine": "b"}, "extra_esptool_args": {"chip": "esp32c3"}}"#,
  ])
  func refusesWhatESPIDFDoesNotWrite(_ json: String) throws {
    #expect(try problem(json).code == "idf.output")
  }

  @Test func saysThatThereIsNoFile() throws {
    let empty = try Fixture()
    #expect(throws: LabError.self) { try FlasherArguments(buildFolder: empty.path) }
  }

  @Test func namesTheMissingFile() throws {
    #expect(try problem(Self.json(), ["b/b.bin": "boot", "p/t.bin": "table"]).message.contains("app.bin"))
    #expect(try problem(Self.json(), Self.contents.merging(["b/b.bin": ""]) { $1 }).message.contains("b/b.bin"))
  }

  @Test func refusesFilesThatOverlap() throws {
    let long = String(repeating: "x", count: 0x8001)
    let error = try problem(Self.json(), Self.contents.merging(["b/b.bin": long]) { $1 })
    #expect(error.message == "b/b.bin and p/t.bin overlap in the flash")
  }

  @Test func refusesAProgramThatDoesNotFit() throws {
    let long = String(repeating: "x", count: (2 << 20) - 0xffff)
    let folder = try folder(Self.json(size: "2MB"), Self.contents.merging(["app.bin": long]) { $1 })
    let failure = try #require(throws: BuildFailure.self) {
      try FlasherArguments(buildFolder: folder.path).image(from: folder.path)
    }
    #expect(failure.kind == .tooBig)
  }

  /// What a build leaves is not trusted: the image would carry any file of the computer to the device.
  @Test func takesNothingFromElsewhere() throws {
    let outside = try Fixture(["secret": "s"])
    for name in ["\(outside.path)/secret", "../\(outside.path.split(separator: "/").last ?? "")/secret"] {
      let error = try problem(Self.json(files: ["0x0": name]))
      #expect(error.message.contains("not in the build folder"))
    }
    let folder = try folder(Self.json(files: ["0x0": "link"]), ["link": "->\(outside.path)/secret"])
    let failure = try #require(throws: BuildFailure.self) {
      try FlasherArguments(buildFolder: folder.path).image(from: folder.path)
    }
    #expect(failure.message == "what the build has left cannot be used: link is a link and not a file")
  }
}
