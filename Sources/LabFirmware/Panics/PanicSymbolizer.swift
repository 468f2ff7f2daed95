// SPDX-License-Identifier: Apache-2.0
import Foundation
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
    // An image that was built elsewhere may have come alone.
    guard !elf.isEmpty else { return report }
    let report = unwound(report)
    // Addresses outside of the chip's code memories mean nothing.
    let frames = report.frames.filter { (0x4000_0000..<0x4400_0000).contains($0.address) }
    guard !frames.isEmpty else { return report }
    let places = try await AddressLookup(elf: elf, sandbox: sandbox).lookUp(frames.map(\.placeInCode))
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

  /// Adds the callers that the stack tells of. They stand for the return address register, which may be that of an earlier call.
  func unwound(_ report: PanicReport) -> PanicReport {
    guard !report.state.stack.isEmpty,
      let program = FileManager.default.contents(atPath: elf).flatMap({ ProgramFile(Array($0)) }),
      program.machine == .riscv, let section = program.section(named: ".debug_frame")
    else { return report }
    let callers = StackUnwinder(frames: CallFrames(section)).callers(in: report.state)
    guard !callers.isEmpty else { return report }
    var result = report
    result.frames.removeAll { $0.role == "RA" }
    result.frames += callers.map { PanicReport.Frame(role: "stack", address: $0) }
    return result
  }
}

extension PanicReport.Frame {
  /// Where in the code it was: an address to return to lies behind the call, and one less lies in it.
  var placeInCode: UInt32 { ["return", "RA", "stack"].contains(role) ? address &- 1 : address }
}
