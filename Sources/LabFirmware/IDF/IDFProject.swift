// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The ESP-IDF project that a submission is built as. The lab writes it: of the submission it has the sources and the options of its
/// `sdkconfig.defaults`, and none of its CMake files.
struct IDFProject {
  let submission: Submission
  /// The project's folder, absolute.
  let folder: String
  /// The folder of what the build makes, absolute.
  let build: String
  /// The folders of the course's own components, absolute.
  let components: [String]
  let chip: Chip
  let version: IDFVersion

  /// The name that CMake knows the project by: its files are called after it, and the program tells it at boot.
  var name: String {
    let name = ApplicationDescription.name(of: submission)
    let plain = name.unicodeScalars.map { scalar -> Character in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    }
    return plain.isEmpty ? "app" : String(plain.prefix(31))
  }

  /// All files, by path relative to the project's folder.
  /// - Throws: `BuildFailure` if CMake cannot be told of a file.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    // The student's sources keep their paths below a folder in which ESP-IDF looks for nothing by itself.
    for file in submission.files where !Self.isCMake(file.path) { files["source/" + file.path] = file.contents }
    files["CMakeLists.txt"] = Array(projectFile.utf8)
    files["main/CMakeLists.txt"] = Array(try componentFile().utf8)
    files["sdkconfig.defaults"] = Array(defaults.utf8)
    if let table = submission.extras.partitionTable {
      files[Self.partitionTable] = submission.files.first { $0.path == table }?.contents
    }
    if !submission.configuration.isEmpty { files["config/sdkconfig_project.h"] = Array(header.utf8) }
    if submission.language == .swift {
      let options = submission.configuration.isEmpty ? "sdkconfig.h" : "sdkconfig_project.h"
      let own = submission.bridgingHeader.map { "#include \"../source/\($0)\"\n" } ?? ""
      // What C's errno is to Swift a header of the student's own need not say: with the bundled SDK it need not either.
      files["config/bridging.h"] = Array("#include \"\(options)\"\n#include \"esp32_swift_libc.h\"\n\(own)".utf8)
    }
    return files
  }

  /// The files that are compiled, by path relative to the project's folder.
  var sources: [String] { submission.sources.map { "source/" + $0 } }

  /// Where the student's partition table lies in the project.
  private static let partitionTable = "partitions.csv"

  private static func isCMake(_ path: String) -> Bool {
    path.hasSuffix(".cmake") || path == "CMakeLists.txt" || path.hasSuffix("/CMakeLists.txt")
  }

  private var projectFile: String {
    """
    cmake_minimum_required(VERSION 3.16)
    set(EXTRA_COMPONENT_DIRS \(components.map { "\"\($0)\"" }.joined(separator: " ")))
    set(PROJECT_VER "1")
    include($ENV{IDF_PATH}/tools/cmake/project.cmake)
    project(\(name))

    """
  }

  /// The component `main`. In C it requires nothing by name, so that it sees every component that there is, and all its objects are linked, so
  /// that what is defined twice is told and not passed over. It is compiled without ccache, which does not see what the assembler takes in
  /// (`.include`) and would have another program's object for it.
  private func componentFile() throws -> String {
    let sources = try submission.sources.map { "\"../source/\(try Self.plain($0))\"" }.joined(separator: " ")
    let folders = try submission.includeFolders
      .map { $0 == "." ? "\"../source\"" : "\"../source/\(try Self.plain($0))\"" }.joined(separator: " ")
    // The debug information names files as the student knows them, as it does with the bundled SDK.
    // The second is how ccache calls them, to which every project is the same.
    let maps = [build, "../project/source", "\(folder)/source"].map { "\"-ffile-prefix-map=\($0)=.\"" }
    let embedded = try [("EMBED_FILES", false), ("EMBED_TXTFILES", true)].map { keyword, isText in
      let files = try submission.extras.embedded.filter { $0.isText == isText }
        .map { "\"../source/\(try Self.plain($0.path))\"" }
      return files.isEmpty ? "" : "\n    \(keyword) " + files.joined(separator: " ")
    }.joined()
    let warnings = try submission.sources.map { source in
      let options = submission.extras.warnings(of: source).joined(separator: ";")
      let name = "\"../source/\(try Self.plain(source))\""
      return options.isEmpty ? "" : "set_source_files_properties(\(name) PROPERTIES COMPILE_OPTIONS \"\(options)\")\n"
    }.joined()
    let header = submission.configuration.isEmpty ? [] : ["\"SHELL:-include \(folder)/config/sdkconfig_project.h\""]
    if submission.language == .swift {
      return """
        idf_component_register(SRCS /dev/null PRIV_INCLUDE_DIRS \(folders) PRIV_REQUIRES esp32_swift\(embedded))
        idf_component_register_swift(
            ${COMPONENT_LIB}
            BRIDGING_HEADER "${CMAKE_CURRENT_LIST_DIR}/../config/bridging.h"
            FLAGS -file-compilation-dir "\(folder)/source" -file-prefix-map "\(folder)/source=."
            SRCS \(sources))

        """
    }
    return """
      idf_component_register(
          SRCS \(sources)
          INCLUDE_DIRS \(folders)\(embedded)
          WHOLE_ARCHIVE)
      target_compile_options(${COMPONENT_LIB} PRIVATE -fmax-errors=\(BuildLog.errorLimit) \((maps + header).joined(separator: " ")))
      set_target_properties(${COMPONENT_LIB} PROPERTIES RULE_LAUNCH_COMPILE "" C_COMPILER_LAUNCHER "")
      \(warnings)
      """
  }

  /// The options: the student's, then those that the board is about.
  private var defaults: String {
    let own = submission.assignments.filter { !Self.isBoards($0.key) }.sorted { $0.key < $1.key }
    let board =
      (own.contains { $0.key.hasPrefix(Self.flashSize) && $0.value == "y" } ? [] : [Self.flashSize + "4MB=y"])
      + ["CONFIG_ESP_CONSOLE_UART_DEFAULT=y"]
      // On this network nobody else has the address; to ask takes a second of each start.
      + (submission.assignments.keys.contains { $0.hasPrefix("CONFIG_LWIP_DHCP_DOES_") }
        ? []
        : [
          version >= IDFVersion(5, 4)
            ? "CONFIG_LWIP_DHCP_DOES_NOT_CHECK_OFFERED_IP=y" : "CONFIG_LWIP_DHCP_DOES_ARP_CHECK=n"
        ])
      + (submission.extras.partitionTable == nil
        ? [] : ["CONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"\(Self.partitionTable)\""])
      + (hasEthernet ? ["CONFIG_ETH_USE_OPENETH=y"] : [])
      // example_connect() would wait for an address of IPv6 as well, which this network has not.
      + (submission.usesExamplesComponent && submission.assignments["CONFIG_EXAMPLE_CONNECT_IPV6"] == nil
        ? ["CONFIG_EXAMPLE_CONNECT_IPV6=n"] : [])
    return (own.map { "\($0.key)=\($0.value)" } + board).map { $0 + "\n" }.joined()
  }

  /// Whether ESP-IDF's own driver of the emulated Ethernet knows the chip; programs for Wi-Fi do without it.
  private var hasEthernet: Bool {
    switch chip {
    case .esp32: true
    case .esp32c3: version >= IDFVersion(5, 2)
    case .esp32s3: version >= IDFVersion(5, 3)
    }
  }

  /// What was left out of the student's options.
  var notes: [String] {
    let taken = submission.extras.partitionTable == nil ? nil : "CONFIG_PARTITION_TABLE_CUSTOM_FILENAME"
    let left = submission.assignments.keys.filter { Self.isBoards($0) && $0 != taken }.sorted()
    guard let first = left.first else { return [] }
    // A whole sdkconfig has dozens of them.
    let more = left.count == 1 ? "" : ", and so were \(left.dropFirst().prefix(3).joined(separator: ", "))"
    let rest = left.count > 4 ? " and \(left.count - 4) others" : ""
    return ["\(first) was left out: it is about a board, and the lab's decides that\(more)\(rest)"]
  }

  /// What the options for the flash's size begin with; the emulator has 2, 4, 8 and 16 MB.
  private static let flashSize = "CONFIG_ESPTOOLPY_FLASHSIZE_"

  /// Those about the flash that the lab's board leaves open.
  private static let open: Set = Set(
    ["2MB", "4MB", "8MB", "16MB"].map { flashSize + $0 }
      + ["CUSTOM", "SINGLE_APP", "SINGLE_APP_LARGE", "TWO_OTA"].map { "CONFIG_PARTITION_TABLE_" + $0 })

  /// Whether an option is about the board, its flash and its console, or about signing and encryption, which need keys.
  private static func isBoards(_ option: String) -> Bool {
    !open.contains(option)
      && [
        "IDF_", "ESPTOOLPY_", "PARTITION_TABLE_", "BOOTLOADER_", "SECURE_", "FLASH_ENCRYPTION_", "APP_BUILD_", "SDK_",
        "ESP_CONSOLE_", "ETH_USE_",
      ].contains { option.hasPrefix("CONFIG_" + $0) }
  }

  /// Options of the project's own Kconfig, which ESP-IDF has not been told of, and which `sdkconfig.h` so does not have.
  private var header: String {
    "#include \"sdkconfig.h\"\n"
      + submission.configuration.sorted { $0.key < $1.key }
      .filter { !Self.isBoards($0.key) }
      .map { "#ifndef \($0.key)\n#define \($0.key) \($0.value)\n#endif\n" }.joined()
  }

  /// A path that stands in quotes in a CMake file and means itself.
  private static func plain(_ path: String) throws -> String {
    guard let bad = path.first(where: { "\"\\$;@".contains($0) || $0.isNewline || $0 < " " }) else { return path }
    throw BuildFailure(
      .compile, "the name \(path) has a character that ESP-IDF's build cannot take (\(String(bad).debugDescription))",
      hint: "call the file something with letters, digits, - and _")
  }
}

extension Submission {
  /// Whether a source of it includes `protocol_examples_common.h`.
  var usesExamplesComponent: Bool {
    files.contains { String(decoding: $0.contents, as: UTF8.self).contains("protocol_examples_common.h") }
  }
}
