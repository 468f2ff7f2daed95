// SPDX-License-Identifier: Apache-2.0

/// What the panic handler prints of a RISC-V processor's state: its registers and the top of the stack.
struct ProcessorState: Codable, Hashable, Sendable {
  /// Where it happened.
  var programCounter: UInt32?
  /// The registers by number: 1 is `ra`, 2 is `sp`.
  var registers: [Int: UInt32] = [:]
  /// The words of the stack by address.
  var stack: [UInt32: UInt32] = [:]
}

/// Finds who called whom from the state of a RISC-V processor: where each function keeps its return address is told by the debug
/// information, so that nothing is guessed. It ends where the stack's dump ends, which ESP-IDF cuts after 1 KiB.
struct StackUnwinder {
  private static let returnAddress = 1
  private static let stackPointer = 2
  private static let deepest = 32

  let frames: CallFrames

  /// - Returns: the addresses to return to, the innermost function's first.
  func callers(in state: ProcessorState) -> [UInt32] {
    guard let programCounter = state.programCounter else { return [] }
    var registers = state.registers
    var place = programCounter
    var callers: [UInt32] = []
    while callers.count < Self.deepest {
      let caller = step(&registers, at: place, state: state, isInnermost: callers.isEmpty)
      guard let caller, caller != 0 else { break }
      callers.append(caller)
      // An address to return to lies behind the call, perhaps in another function.
      place = caller &- 1
    }
    return callers
  }

  /// Takes the registers from a function to its caller.
  /// - Returns: the address to return to; nil if it is not known.
  private func step(
    _ registers: inout [Int: UInt32], at place: UInt32, state: ProcessorState, isInnermost: Bool
  ) -> UInt32? {
    guard let row = frames.row(at: place) else {
      // A jump to where no function is has moved the return address only. So has, as a rule, a function of the ROM.
      return isInnermost ? registers[Self.returnAddress] : nil
    }
    guard let base = registers[row.register], let pointer = registers[Self.stackPointer] else { return nil }
    let frame = base &+ UInt32(truncatingIfNeeded: row.offset)
    // The stack grows downwards: a caller's frame lies above, or is the same if the function that panicked has none.
    guard frame > pointer || (isInnermost && frame == pointer) else { return nil }
    for (register, rule) in row.rules {
      switch rule {
      case .saved(let offset): registers[register] = state.stack[frame &+ UInt32(truncatingIfNeeded: offset)]
      case .lost: registers[register] = nil
      }
    }
    registers[Self.stackPointer] = frame
    // A function that has not saved it and is no innermost one cannot have been returned to.
    guard isInnermost || row.rules[Self.returnAddress] != nil else { return nil }
    return registers[Self.returnAddress]
  }
}
