// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabEmulator

@Suite struct EmulatorArgumentsTests {
  private let sockets = SocketPaths(directory: "/tmp/run")

  @Test func bothEmulatorsGetTheSameBoard() {
    let bundled = EmulatorArguments(
      installation: EmulatorInstallation(kind: .bundled, executable: "/q/bin/qemu", dataDirectory: "/q/share"),
      flashImage: "/out/flash.bin", sockets: sockets)
    let filter = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"
    let line =
      "-M esp32c3 -icount 3 -accel tcg,tb-size=64 -display none -nodefaults -L /q/share -sandbox \(filter) "
      + "-drive file=/out/flash.bin,if=mtd,format=raw,snapshot=on "
      + "-chardev socket,id=uart0,path=/tmp/run/uart.sock -serial chardev:uart0 "
      + "-netdev stream,id=lab,server=off,addr.type=unix,addr.path=/tmp/run/net.sock "
      + "-net nic,model=open_eth,netdev=lab -qmp unix:/tmp/run/qmp.sock -S"
    #expect(bundled.arguments.joined(separator: " ") == line)
    let espressif = EmulatorArguments(
      installation: EmulatorInstallation(kind: .espressif, executable: "/e/bin/qemu"), flashImage: "/out/flash.bin",
      sockets: sockets)
    #expect(espressif.arguments == bundled.arguments.filter { !["-L", "/q/share", "-sandbox", filter].contains($0) })
  }

  /// As `idf.py qemu` has it, but with watchdogs, without ports.
  @Test(arguments: [
    (Chip.esp32, "-M esp32 -m 4M"), (.esp32c3, "-M esp32c3"), (.esp32s3, "-M esp32s3 -m 32M"),
  ])
  func eachChipGetsItsBoard(_ chip: Chip, _ board: String) {
    let name = chip.rawValue
    let arguments = EmulatorArguments(
      installation: EmulatorInstallation(kind: .espressif, executable: "/e/bin/qemu", chip: chip),
      flashImage: "/out/flash.bin", sockets: sockets, eFuseImage: "/out/efuse.bin")
    let line =
      "\(board) -icount 3 -accel tcg,tb-size=64 -display none -nodefaults "
      + "-drive file=/out/flash.bin,if=mtd,format=raw,snapshot=on "
      + "-drive file=/out/efuse.bin,if=none,format=raw,id=efuse,snapshot=on "
      + "-global driver=nvram.\(name).efuse,property=drive,value=efuse "
      + "-chardev socket,id=uart0,path=/tmp/run/uart.sock -serial chardev:uart0 "
      + "-netdev stream,id=lab,server=off,addr.type=unix,addr.path=/tmp/run/net.sock "
      + "-net nic,model=open_eth,netdev=lab -qmp unix:/tmp/run/qmp.sock -S"
    #expect(arguments.arguments.joined(separator: " ") == line)
    #expect(!arguments.arguments.contains { $0.contains("wdt_disable") })
    #expect(arguments.command.binds.contains(.readOnly("/out/efuse.bin")))
  }

  @Test func espressifsEmulatorGetsTheLabsClock() {
    var arguments = EmulatorArguments(
      installation: EmulatorInstallation(kind: .espressif, executable: "/e/bin/qemu"), flashImage: "/out/flash.bin",
      sockets: sockets)
    arguments.clockLibrary = "/lab/emulator-clock"
    #expect(arguments.command.preload == "/lab/emulator-clock")
    #expect(arguments.command.environment["LAB_EMULATOR_CLOCK"] == "/tmp/run/clock")
    let writable = arguments.command.binds.filter { $0.isWritable }
    #expect(writable == [.readWrite("/tmp/run/clock")])
    arguments.installation = EmulatorInstallation(kind: .bundled, executable: "/q/bin/qemu", dataDirectory: "/q/share")
    #expect(arguments.command.preload == nil)
    #expect(!arguments.command.binds.contains { $0.isWritable })
  }

  @Test func theBundledBoardHasItsOwnEFuses() throws {
    let bundled = EmulatorArguments(
      installation: EmulatorInstallation(kind: .bundled, executable: "/q/bin/qemu", dataDirectory: "/q/share"),
      flashImage: "/out/flash.bin", sockets: sockets, eFuseImage: "/out/efuse.bin")
    #expect(!bundled.arguments.contains { $0.contains("efuse") })
    #expect(try bundled.completed() == bundled)
  }

  @Test func eFusesAreMadeWhereNoneAreGiven() throws {
    let folder = try PrivateDirectory()
    let installation = EmulatorInstallation(kind: .espressif, executable: "/e/bin/qemu", chip: .esp32)
    var arguments = EmulatorArguments(
      installation: installation, flashImage: "/out/flash.bin", sockets: SocketPaths(directory: folder.path))
    arguments = try arguments.completed()
    let path = try #require(arguments.eFuseImage)
    #expect(FileManager.default.contents(atPath: path) == Data(EFuseImage(chip: .esp32).bytes))
    #expect(try arguments.completed() == arguments)
    arguments.eFuseImage = nil
    arguments.sockets = SocketPaths(directory: "/nowhere")
    #expect(throws: LabError.self) { try arguments.completed() }
  }

  @Test func commasInPathsAreDoubled() {
    let arguments = EmulatorArguments(
      installation: EmulatorInstallation(kind: .espressif, executable: "/e/bin/qemu"), flashImage: "/a,b/flash.bin",
      sockets: sockets)
    #expect(arguments.arguments.contains("file=/a,,b/flash.bin,if=mtd,format=raw,snapshot=on"))
  }

  @Test func theSandboxSeesTheImageAndTheSocketsOnly() {
    let installation = EmulatorInstallation(kind: .espressif, executable: "/opt/e/qemu/bin/qemu-system-riscv32")
    let command = EmulatorArguments(installation: installation, flashImage: "/out/flash.bin", sockets: sockets).command
    #expect(command.network == .none)
    #expect(
      command.binds == [.readOnly("/opt/e/qemu"), .readOnly("/out/flash.bin"), .readOnly("/tmp/run")])
  }
}
