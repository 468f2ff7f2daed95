// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabFirmware

/// What the boot log says a program is called.
struct ApplicationDescriptionTests {
  /// A program with the SDK's placeholder at 64.
  private var program: [UInt8] {
    var bytes = [UInt8](repeating: 0xee, count: 512)
    bytes.replaceSubrange(64..<68, with: ApplicationDescription.magic)
    return bytes
  }

  @Test func nameAndDigestGoWhereTheHeaderHasThem() {
    var program = program
    ApplicationDescription.write(name: "lamp", elf: Array("abc".utf8), into: &program)
    #expect(program[112..<117].elementsEqual(Array("lamp\0".utf8)))
    // The digest of "abc", from FIPS 180-2.
    #expect(program[208..<212].elementsEqual([0xba, 0x78, 0x16, 0xbf]))
    #expect(program[240] == 0xee && program[111] == 0xee)
  }

  @Test func aLongNameKeepsItsEnd() {
    var program = program
    ApplicationDescription.write(name: String(repeating: "n", count: 50), elf: [], into: &program)
    #expect(program[142] == UInt8(ascii: "n") && program[143] == 0)
  }

  @Test func aProgramWithoutADescriptionStaysAsItIs() {
    var program: [UInt8] = [1, 2, 3, 4]
    ApplicationDescription.write(name: "lamp", elf: [], into: &program)
    #expect(program == [1, 2, 3, 4])
  }

  @Test func theNameIsTheProjects() throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "cmake_minimum_required(VERSION 3.16)\ninclude(x)\n project( \"my-lamp\" )\n",
      "main/CMakeLists.txt": "idf_component_register(SRCS \"main.c\")\n", "main/main.c": "void app_main(void) {}\n",
    ])
    #expect(try ApplicationDescription.name(of: Submission(at: fixture.path)) == "my-lamp")
  }

  @Test func withoutAProjectItIsTheFiles() throws {
    let fixture = try Fixture(["server.c": "void app_main(void) {}\n"])
    #expect(try ApplicationDescription.name(of: Submission(at: fixture.path + "/server.c")) == "server")
    let folder = try ApplicationDescription.name(of: Submission(at: fixture.path))
    #expect(folder == fixture.path.split(separator: "/").last.map(String.init))
  }
}
