// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

/// Asks binutils' `addr2line` for functions, files and lines.
struct AddressLookup: Sendable {
  /// The absolute path of the program's ELF file.
  let elf: String
  /// Where the tool runs: it reads a file that the student's compiler made.
  let sandbox: Sandbox

  /// The names of the tool, in the order in which they are looked for. Debug information is the same for every processor: any of them
  /// reads any 32-bit program, so that an Xtensa one needs no Xtensa toolchain.
  static let tools = [
    "riscv64-unknown-elf-addr2line", "riscv32-esp-elf-addr2line", "xtensa-esp-elf-addr2line",
    "xtensa-esp32-elf-addr2line", "xtensa-esp32s3-elf-addr2line", "addr2line",
  ]

  /// - Returns: the places by address; none for those that are not known.
  /// - Throws: `LabError` if the tool is missing or fails.
  func lookUp(_ addresses: [UInt32]) async throws -> [UInt32: PanicReport.Frame] {
    guard let tool = Self.tools.lazy.compactMap({ HelperExecutable.search($0) }).first else {
      throw LabError(
        code: "toolchain.missing", message: "addr2line is not on this computer",
        remedy: "run ./setup, or install binutils")
    }
    let command = SandboxedCommand(
      tool, ["-a", "-i", "-f", "-C", "-e", elf] + addresses.map { "0x" + String($0, radix: 16) },
      binds: (Toolchain.folders(around: tool) + [elf]).map { .readOnly($0) }, limits: Compilation.limits)
    let result = try await sandbox.ask(command)
    guard result.isSuccess else {
      throw LabError(
        code: "toolchain.failed", message: "addr2line failed: \(BuildLog(Array(result.errors.prefix(500))).plain)")
    }
    return Self.parse(BuildLog(result.output).plain, addresses: addresses)
  }

  /// Reads what `addr2line -a -i -f` prints: for each address a line with the address, then for each of the functions that were put into
  /// one another, the innermost first, a line with its name and one with `file:line`, `?` for unknown. ESP-IDF's `socket()` and its like
  /// are put into the functions that call them: of several, the student's counts.
  static func parse(_ output: String, addresses: [UInt32]) -> [UInt32: PanicReport.Frame] {
    var result: [UInt32: PanicReport.Frame] = [:]
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false)[...]
    for address in addresses {
      guard let header = lines.popFirst(), UInt32(header.dropFirst(2), radix: 16) == address else { break }
      var frames: [PanicReport.Frame] = []
      while let name = lines.first, !name.hasPrefix("0x"), lines.count >= 2 {
        lines.removeFirst()
        frames.append(frame(at: address, function: name, place: lines.removeFirst()))
      }
      result[address] = frames.first(where: \.isStudents) ?? frames.first
    }
    return result
  }

  private static func frame(at address: UInt32, function: Substring, place: Substring) -> PanicReport.Frame {
    var frame = PanicReport.Frame(role: "", address: address)
    if function != "??" { frame.function = String(function) }
    if let match = location.firstMatch(in: place), let file = match[1], file != "??" {
      frame.file = fileAsTheStudentKnowsIt(file)
      frame.line = match[2].flatMap { Int($0) }
    }
    return frame
  }

  private static let location = Pattern(#"^(.*):(\d+)"#)

  /// A build of the lab's names the student's files relative to the program's folder. One that was made elsewhere names all files by
  /// absolute paths; the student's are then those of the component `main`.
  private static func fileAsTheStudentKnowsIt(_ path: Substring) -> String {
    var file = path
    while file.hasPrefix("./") { file = file.dropFirst(2) }
    guard file.hasPrefix("/") else { return String(file) }
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    guard let main = parts.dropLast().lastIndex(of: "main"), !parts[main...].dropLast().contains("components") else {
      return String(file)
    }
    return parts[main...].joined(separator: "/")
  }
}
