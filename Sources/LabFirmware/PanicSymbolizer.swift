// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

/// Turns addresses in a program into functions, files and lines.
public struct PanicSymbolizer: Sendable {
  /// The absolute path of the program's ELF file.
  public var elf: String
  /// Where `addr2line` runs: it reads a file that the student's compiler made.
  public var sandbox: Sandbox
  /// The folder of the Swift toolchain, for a program in Swift.
  public var swiftTools: String?

  /// - Parameters: as the properties of the same names.
  public init(elf: String, sandbox: Sandbox, swiftTools: String? = nil) {
    self.elf = elf
    self.sandbox = sandbox
    self.swiftTools = swiftTools
  }

  /// Adds function, file and line to the places of a report.
  /// - Parameter report: as the parser made it.
  /// - Returns: the same with what could be found out.
  /// - Throws: `LabError` if the tool is missing or fails.
  public func symbolize(_ report: PanicReport) async throws -> PanicReport {
    // Addresses outside of the chip's code memories mean nothing.
    let frames = report.frames.filter { (0x4000_0000..<0x4400_0000).contains($0.address) }
    guard !frames.isEmpty else { return report }
    let places = try await lookUp(frames.map(\.placeInCode))
    let swiftPlaces = try await swiftTools.map {
      SwiftSymbolizer(elf: elf, tools: $0, sandbox: sandbox)
    }?.lookUp(frames.map(\.placeInCode))
    var result = report
    for index in result.frames.indices {
      let address = result.frames[index].placeInCode
      let swift = swiftPlaces?[address]
      if index == 0, let swift, result.kind == .exception("Illegal instruction") {
        // Swift ends a program by an instruction that does not exist.
        let failure = swift.failure ?? "try! with an error, fatalError() or another check that failed"
        result.kind = .exception("Swift: \(failure)")
      }
      guard let place = swift?.frame ?? places[address] else { continue }
      result.frames[index].function = place.function
      result.frames[index].file = place.file
      result.frames[index].line = place.line
    }
    return result
  }

  private func lookUp(_ addresses: [UInt32]) async throws -> [UInt32: PanicReport.Frame] {
    let arguments = ["-f", "-e", elf] + addresses.map { "0x" + String($0, radix: 16) }
    let tool = try Toolchain.tool("addr2line")
    let command = SandboxedCommand(
      tool, arguments, binds: (Toolchain.folders(around: tool) + [elf]).map { .readOnly($0) },
      limits: Compilation.limits)
    let result = try await sandbox.run(command, timeout: .seconds(20))
    guard result.isSuccess else {
      throw LabError(
        code: "toolchain.failed", message: "addr2line failed: \(BuildLog(Array(result.errors.prefix(500))).plain)")
    }
    return Self.parse(BuildLog(result.output).plain, addresses: addresses)
  }

  /// Reads what `addr2line -f` prints: for each address a line with the function and one with `file:line`, `?` for unknown.
  static func parse(_ output: String, addresses: [UInt32]) -> [UInt32: PanicReport.Frame] {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    var result: [UInt32: PanicReport.Frame] = [:]
    for (index, address) in addresses.enumerated() where index * 2 + 1 < lines.count {
      var frame = PanicReport.Frame(role: "", address: address)
      if lines[index * 2] != "??" { frame.function = String(lines[index * 2]) }
      if let match = lines[index * 2 + 1].firstMatch(of: /^(.*):(\d+)/), match.1 != "??" {
        var file = match.1
        while file.hasPrefix("./") { file = file.dropFirst(2) }
        frame.file = String(file)
        frame.line = Int(match.2)
      }
      result[address] = frame
    }
    return result
  }
}

extension PanicReport.Frame {
  /// Where in the code it was: an address to return to lies behind the call, and one less lies in it.
  fileprivate var placeInCode: UInt32 { role == "MEPC" ? address : address &- 1 }
}
