// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

@testable import LabEmulator

func makeFolder(_ path: String) -> Bool {
  (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)) != nil
}

/// Waits until a condition holds.
func eventually(_ condition: () async throws -> Bool) async throws {
  struct Timeout: Error {}
  let clock = ContinuousClock()
  let deadline = clock.now + .seconds(600)
  while !(try await condition()) {
    guard clock.now < deadline else { throw Timeout() }
    try await Task.sleep(for: .milliseconds(5))
  }
}

/// A run's folder with its sockets; the network's is listened on by somebody who never answers.
final class TestRun: Sendable {
  let directory: PrivateDirectory
  let network: UnixListener

  init() throws {
    directory = try PrivateDirectory()
    network = try UnixListener(path: directory.path + "/net.sock")
  }

  var sockets: SocketPaths { SocketPaths(directory: directory.path) }
}

/// The emulators on this computer.
enum TestEmulators {
  /// The bundled one, if the set-up has built it.
  static let bundled: EmulatorInstallation? = {
    struct Setup: Decodable { var qemu: String }
    guard let data = FileManager.default.contents(atPath: ".lab/setup.json"),
      let setup = try? JSONDecoder().decode(Setup.self, from: data)
    else { return nil }
    return EmulatorInstallation.bundled(in: setup.qemu)
  }()

  /// Espressif's, if `LAB_QEMU` names it.
  static let espressif: EmulatorInstallation? = ProcessInfo.processInfo.environment["LAB_QEMU"].map {
    EmulatorInstallation(kind: .espressif, executable: $0)
  }

  static let all = [bundled, espressif].compactMap { $0 }
}

/// Small programs for the board, made with the real assembler.
enum TestGuest: String, CaseIterable {
  /// Prints a line, then sends back what it receives.
  case echo
  /// Prints as fast as the UART takes it.
  case flood
  /// Never looks at its UART.
  case deaf

  /// Builds the flash image.
  /// - Returns: its absolute path, in a folder of this test process.
  func flashImage() async throws -> String {
    try await Self.images[self]!.value
  }

  private static let folder = try! PrivateDirectory()
  private static let images = Dictionary(
    uniqueKeysWithValues: allCases.map { guest in (guest, Task { try await build(guest) }) })

  private static func build(_ guest: TestGuest) async throws -> String {
    let base = "\(folder.path)/\(guest.rawValue)"
    try Data(source(guest).utf8).write(to: URL(fileURLWithPath: base + ".S"))
    let prefix = "riscv64-unknown-elf-"
    let sandbox = try Sandbox(isolation: .none)
    for (tool, arguments) in [
      (
        "gcc",
        ["-march=rv32imc", "-mabi=ilp32", "-nostdlib", "-Wl,-Ttext=0x42000000", base + ".S", "-o", base + ".elf"]
      ),
      ("objcopy", ["-O", "binary", base + ".elf", base + ".bin"]),
    ] {
      guard let path = HelperExecutable.search(prefix + tool) else {
        throw LabError(code: "test", message: "no \(tool)")
      }
      let result = try await sandbox.run(SandboxedCommand(path, arguments), timeout: .seconds(600))
      guard result.isSuccess else {
        throw LabError(code: "test", message: String(decoding: result.errors, as: UTF8.self))
      }
    }
    truncate(base + ".bin", 4 << 20)
    return base + ".bin"
  }

  private static func source(_ guest: TestGuest) -> String {
    let body =
      switch guest {
      case .echo: "3: lw t3, 0x1c(t0)\n andi t3, t3, 0x3ff\n beqz t3, 3b\n lw a0, 0(t0)\n jal ra, put\n j 3b"
      case .flood: "3: li a0, 'x'\n jal ra, put\n j 3b"
      case .deaf: "3: j 3b"
      }
    return """
      .word 0xaedb041d, 0xaedb041d
      .globl _start
      _start:
        li t0, 0x60000000
        la t1, message
      1: lbu a0, 0(t1)
        beqz a0, 2f
        jal ra, put
        addi t1, t1, 1
        j 1b
      2:
      \(body)
      put:
        lw t3, 0x1c(t0)
        srli t3, t3, 16
        andi t3, t3, 0x3ff
        li t4, 100
        bgeu t3, t4, put
        sw a0, 0(t0)
        ret
      message: .asciz "ready\\n"

      """
  }
}
