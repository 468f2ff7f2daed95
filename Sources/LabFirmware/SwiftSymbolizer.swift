// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Turns addresses in a Swift program into places in its source. Swift puts functions into one another and stops a program by
/// an instruction that does not exist; only the compiler's own tools tell which function that was, and why.
struct SwiftSymbolizer: Sendable {
  let elf: String
  /// The folder of the Swift toolchain.
  let tools: String
  let sandbox: Sandbox

  /// What is known of an address.
  struct Place: Hashable, Sendable {
    var frame: PanicReport.Frame
    /// Which of Swift's checks failed there, if one did: `Index out of range`.
    var failure: String?
  }

  /// - Returns: the places by address; none for those that are not known.
  func lookUp(_ addresses: [UInt32]) async throws -> [UInt32: Place] {
    let arguments = ["--obj=\(elf)", "--inlines", "--output-style=JSON"]
    let command = SandboxedCommand(
      tools + "/bin/llvm-symbolizer", arguments + addresses.map { "0x" + String($0, radix: 16) },
      binds: [.readOnly(tools), .readOnly(elf)], limits: SwiftCompilation.limits)
    let result = try await sandbox.ask(command)
    guard result.isSuccess else {
      throw LabError(code: "toolchain.failed", message: "llvm-symbolizer failed")
    }
    var places = Self.parse(result.output)
    let names = await SwiftDemangler(tools: tools, sandbox: sandbox).demangle(
      places.values.compactMap(\.frame.function))
    for (address, place) in places {
      places[address]?.frame.function = place.frame.function.map { names[$0] ?? $0 }
    }
    return places
  }

  private struct Answer: Decodable {
    struct Symbol: Decodable {
      var FunctionName: String
      var FileName: String
      var Line: Int
    }
    var Address: String
    var Symbol: [Symbol]?
  }

  /// Reads what `llvm-symbolizer --output-style=JSON` prints: for each address the functions there, the innermost first.
  static func parse(_ output: [UInt8]) -> [UInt32: Place] {
    guard let answers = try? JSONDecoder().decode([Answer].self, from: Data(output)) else { return [:] }
    var places: [UInt32: Place] = [:]
    for answer in answers {
      guard let address = UInt32(answer.Address.dropFirst(2), radix: 16), let symbols = answer.Symbol else { continue }
      let failure = symbols.lazy.compactMap { symbol -> String? in
        let announcement = "Swift runtime failure: "
        guard symbol.FunctionName.hasPrefix(announcement) else { return nil }
        return BuildLog(Array(symbol.FunctionName.dropFirst(announcement.count).utf8)).plain
      }.first
      // What the compiler made, and the Swift library's own functions, stand in no file.
      guard let symbol = symbols.first(where: { $0.Line > 0 && !$0.FileName.contains("<compiler-generated>") }) else {
        continue
      }
      var file = symbol.FileName[...]
      while file.hasPrefix("./") { file = file.dropFirst(2) }
      let frame = PanicReport.Frame(
        role: "", address: address, function: BuildLog(Array(symbol.FunctionName.utf8)).plain,
        file: BuildLog(Array(file.utf8)).plain, line: symbol.Line)
      places[address] = Place(frame: frame, failure: failure)
    }
    return places
  }
}
