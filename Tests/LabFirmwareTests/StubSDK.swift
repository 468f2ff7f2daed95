// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

@testable import LabFirmware

/// A folder of files, removed at its end.
final class Fixture: Sendable {
  let directory: PrivateDirectory

  /// - Parameter files: contents by path; a path that ends in `/` is a folder, contents that begin with `->` are a link.
  init(_ files: [String: String] = [:]) throws {
    directory = try PrivateDirectory()
    for (name, contents) in files.sorted(by: { $0.key < $1.key }) { try write(name, contents) }
  }

  var path: String { directory.path }

  func write(_ name: String, _ contents: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    if name.hasSuffix("/") {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      return
    }
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    if contents.hasPrefix("->") {
      try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: String(contents.dropFirst(2)))
    } else {
      try Data(contents.utf8).write(to: url)
    }
  }
}

/// The least that is an SDK: real compiler and linker, a start-up that calls `app_main`, one function to print with.
enum StubSDK {
  static let path = Task { try await make() }
  private static let folder = try! Fixture()

  private static func make() async throws -> String {
    let arch = "-march=rv32imc\n-mabi=ilp32\n"
    for (name, contents) in [
      "cflags.rsp": arch + "-Os\n-g\n-ffunction-sections\n-fdata-sections\n-Wall\n",
      "ldflags.rsp": "-m\nelf32lriscv\n--gc-sections\n",
      "ldlibs.rsp": "-lesp32lab\n",
      "esp-idf-names.txt": "# Made.\nesp_http_client: esp_http_client.h esp_http_client_init\n",
      "include/sdkconfig.h": """
      #pragma once
      #define CONFIG_FREERTOS_HZ 100
      #if __has_include("sdkconfig_project.h")
      #include "sdkconfig_project.h"
      #endif

      """,
      "include/esp_http_client.h": "#error \"esp_http_client is not in the bundled SDK: use --sdk idf\"\n",
      "include/uart.h": "#pragma once\nvoid uart_print(const char *text);\nvoid esp_nowhere(void);\n",
      "esp32c3.ld": """
      ENTRY(_start)
      MEMORY {
        flash (rx) : ORIGIN = 0x42000000, LENGTH = 4M
        ram (rw) : ORIGIN = 0x3fc80000, LENGTH = 0x5e000
      }
      SECTIONS {
        .text : { KEEP(*(.start)) *(.text .text.*) *(.rodata .rodata.* .srodata .srodata.*) } > flash
        .bss (NOLOAD) : { *(.data .data.* .sdata .sdata.* .bss .bss.* .sbss .sbss.* COMMON) } > ram
      }

      """,
      "start.S": """
      .section .start, "ax"
      .word 0xaedb041d, 0xaedb041d
      .globl _start
      _start: jal app_main
      1: j 1b

      """,
      "library.c": """
      void uart_print(const char *text) { while (*text) *(volatile unsigned *)0x60000000 = *text++; }
        void nobody_has_this(void);
        void sdk_gap(void) { nobody_has_this(); }

      """,
    ] { try folder.write(name, contents) }
    try folder.write("lib/", "")
    for (tool, arguments) in [
      ("gcc", ["@cflags.rsp", "-c", "start.S", "-o", "lib/start.o"]),
      ("gcc", ["@cflags.rsp", "-c", "library.c", "-o", "library.o"]),
      ("ar", ["rcs", "lib/libesp32lab.a", "library.o"]),
    ] {
      let command = SandboxedCommand(try Toolchain.tool(tool), arguments, workingDirectory: folder.path)
      let result = try await Sandbox(isolation: .none).run(command, timeout: .seconds(600))
      guard result.isSuccess else {
        throw LabError(code: "test", message: String(decoding: result.errors, as: UTF8.self))
      }
    }
    return folder.path
  }
}
