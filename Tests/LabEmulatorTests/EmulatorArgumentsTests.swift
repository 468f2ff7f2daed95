// SPDX-License-Identifier: Apache-2.0
import LabSandbox
import Testing

@testable import LabEmulator

@Suite struct EmulatorArgumentsTests {
  private let sockets = SocketPaths(directory: "/tmp/run")

  @Test func bothEmulatorsGetTheSameBoard() {
    let bundled = EmulatorArguments(
      installation: EmulatorInstallation(kind: .bundled, executable: "/q/bin/qemu", dataDirectory: "/q/share"),
      flashImage: "/out/flash.bin", sockets: sockets)
    let line =
      "-M esp32c3 -icount 3 -display none -nodefaults -L /q/share "
      + "-drive file=/out/flash.bin,if=mtd,format=raw,snapshot=on "
      + "-chardev socket,id=uart0,path=/tmp/run/uart.sock -serial chardev:uart0 "
      + "-netdev stream,id=lab,server=off,addr.type=unix,addr.path=/tmp/run/net.sock "
      + "-net nic,model=open_eth,netdev=lab -qmp unix:/tmp/run/qmp.sock -S"
    #expect(bundled.arguments.joined(separator: " ") == line)
    let espressif = EmulatorArguments(
      installation: EmulatorInstallation(kind: .espressif, executable: "/e/bin/qemu"), flashImage: "/out/flash.bin",
      sockets: sockets)
    #expect(espressif.arguments == bundled.arguments.filter { $0 != "-L" && $0 != "/q/share" })
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

  @Test func newerToolsComeFirst() throws {
    let home = try PrivateDirectory()
    for version in ["esp_develop_9.0.0_20240606", "esp_develop_10.2.0_20260101"] {
      try #require(makeFolder("\(home.path)/.espressif/tools/qemu-riscv32/\(version)"))
    }
    let paths = EmulatorInstallation.toolPaths(home: home.path)
    #expect(
      paths.map { $0.split(separator: "/").dropLast(3).last } == [
        "esp_develop_10.2.0_20260101", "esp_develop_9.0.0_20240606",
      ])
    #expect(EmulatorInstallation.toolPaths(home: nil).isEmpty)
  }
}
