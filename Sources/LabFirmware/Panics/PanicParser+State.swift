// SPDX-License-Identifier: Apache-2.0
import LabModel

extension PanicParser {
  /// The registers that ESP-IDF prints for RISC-V and a debugger goes by, with their numbers.
  private static let numbers: [Substring: Int] = {
    var numbers: [Substring: Int] = ["RA": 1, "SP": 2, "S0/FP": 8, "S1": 9]
    for index in 2...11 { numbers["S\(index)"] = 16 + index }
    return numbers
  }()

  /// Reads a line of a register dump, of RISC-V `MEPC    : 0x42006a10  RA      : 0x42006a0c  …`, of Xtensa `PC      : 0x400d6e98  PS      : …`. Who
  /// called is in Xtensa's backtrace.
  mutating func addRegisters(from line: String) {
    guard current != nil, Self.registerLine.isFound(in: line) else { return }
    for match in Self.register.matches(in: line, limit: 4) {
      guard let name = match[1], let value = match[2].flatMap({ UInt32($0, radix: 16) }) else { continue }
      if name == "PC" {
        // Where it happened; a second dump is the other core's.
        guard current?.state.programCounter == nil else { continue }
        current?.state.programCounter = value
        current?.frames.append(PanicReport.Frame(role: "PC", address: value))
      } else if name == "MEPC" {
        current?.frames.append(PanicReport.Frame(role: "MEPC", address: value))
        // A second dump in one report is of another moment.
        if current?.state.programCounter == nil { current?.state.programCounter = value }
      } else if let number = Self.numbers[name], current?.state.registers[number] == nil {
        current?.state.registers[number] = value
        if number == 1 { current?.frames.append(PanicReport.Frame(role: "RA", address: value)) }
      }
    }
  }

  private static let registerLine = Pattern("^[A-Z0-9/]+ *: 0x")
  private static let register = Pattern(#"([A-Z0-9/]+) *: 0x([0-9a-fA-F]{8})\b"#)

  /// Reads `Backtrace: 0x400d1c2e:0x3ffb5e40 0x400d1c4a:0x3ffb5e60 |<-CORRUPTED`: program counters, all of them 3 less than they were
  /// (`esp_cpu_process_stack_pc()`), which makes calls of addresses to return to, with stack pointers. Before v5.0 there was no blank
  /// after the colon.
  mutating func addBacktrace(from line: String) {
    guard line.hasPrefix("Backtrace:") else { return }
    for match in Self.backtraceEntry.matches(in: line, limit: 64) {
      guard let address = match[1].flatMap({ UInt32($0, radix: 16) }) else { continue }
      // The first is no address to return to, but where it happened: the registers have that as it was.
      if let register = current?.frames.last, register.role == "PC", register.address == address &+ 3 { continue }
      current?.frames.append(PanicReport.Frame(role: "backtrace", address: address))
    }
  }

  private static let backtraceEntry = Pattern("0x([0-9a-fA-F]{8}):0x[0-9a-fA-F]{8}")

  /// Xtensa's watchpoint at a stack's end announces itself as a debug exception.
  mutating func addStackOverflow(from line: String) {
    guard case .exception = current?.kind, let task = Self.stackCanary.firstMatch(in: line)?[1] else { return }
    current?.kind = .stackOverflow(task: String(task))
  }

  private static let stackCanary = Pattern(
    #"^Debug exception reason: .*Stack canary watchpoint triggered \((.*)\)"#)

  /// Reads a line of the stack, `3fc91160: 0x00000000 0x42006a0c …`.
  /// - Returns: whether it is one.
  mutating func addStack(from line: String) -> Bool {
    guard let match = Self.stackLine.firstMatch(in: line), let start = match[1].flatMap({ UInt32($0, radix: 16) }),
      let words = match[2]
    else { return false }
    for (index, word) in words.split(separator: " ").enumerated() {
      current?.state.stack[start &+ 4 * UInt32(index)] = UInt32(word.dropFirst(2), radix: 16)
    }
    return true
  }

  private static let stackLine = Pattern("^([0-9a-fA-F]{8}):((?: 0x[0-9a-fA-F]{8}){1,16})")
}
