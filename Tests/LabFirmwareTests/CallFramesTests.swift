// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabFirmware

/// Debug information and ELF files that do not hold together: nothing is found in them, and nothing traps.
@Suite struct CallFramesTests {
  /// A common entry (factors 1 and -4, the frame's address is sp + 0) and a function at 0x1000 of 16 bytes that moves the stack pointer by
  /// 16, saves `ra` and `s0`, and gives all back at its end.
  private let section: [UInt8] =
    [12, 0, 0, 0, 255, 255, 255, 255, 3, 0, 1, 0x7c, 1, 0x0c, 2, 0]
    + [32, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 16, 0, 0, 0]
    + [0x42, 0x0e, 16, 0x42, 0x81, 1, 0x88, 2, 0x44, 0x0a, 0xc1, 0xc8, 0x0e, 0, 0x42, 0x0b, 0, 0, 0, 0]

  @Test func rows() throws {
    let frames = CallFrames(section[...])
    let start = try #require(frames.row(at: 0x1000))
    #expect(start.register == 2 && start.offset == 0 && start.rules.isEmpty)
    let body = try #require(frames.row(at: 0x1004))
    #expect(body.offset == 16)
    #expect(body.rules == [1: .saved(-4), 8: .saved(-8)])
    let end = try #require(frames.row(at: 0x1008))
    #expect(end.offset == 0 && end.rules.isEmpty)
    // Behind the return: as before the registers were given back.
    #expect(try #require(frames.row(at: 0x100a)).rules == body.rules)
    #expect(frames.row(at: 0xfff) == nil && frames.row(at: 0x1010) == nil)
  }

  @Test func damageIsHarmless() {
    for index in section.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
        var damaged = section
        damaged[index] = value
        for address: UInt32 in [0, 0x1000, 0x1004, 0x100f, .max] { _ = CallFrames(damaged[...]).row(at: address) }
      }
      _ = CallFrames(section[..<index]).row(at: 0x1004)
    }
  }

  @Test func stackThatLeadsNowhere() {
    let unwinder = StackUnwinder(frames: CallFrames(section[...]))
    // The function that was called last calls itself, as far as the stack says, in ever the same frame.
    let words = Dictionary(uniqueKeysWithValues: stride(from: UInt32(0), to: 4096, by: 4).map { ($0, UInt32(0x1005)) })
    let state = ProcessorState(programCounter: 0x1004, registers: [1: 0x1005, 2: 0], stack: words)
    #expect(unwinder.callers(in: state).count == 32)
    #expect(
      unwinder.callers(in: ProcessorState(programCounter: 0x1004, registers: [2: .max - 3], stack: words)).isEmpty)
    #expect(unwinder.callers(in: ProcessorState()).isEmpty)
  }

  @Test func programFiles() {
    #expect(ProgramFile([]) == nil)
    #expect(ProgramFile(Array("#!/bin/sh\n".utf8)) == nil)
    var header: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1] + [UInt8](repeating: 0, count: 46)
    header[18] = 243
    #expect(ProgramFile(header)?.machine == .riscv)
    #expect(ProgramFile(header)?.section(named: ".debug_frame") == nil)
    #expect(ProgramFile(header)?.hasSymbol("app_main") == false)
    // A table of sections that lies behind the file's end, and entries of no size.
    for index in 32..<header.count { header[index] = 0xff }
    #expect(ProgramFile(header)?.section(named: ".debug_frame") == nil)
    header[18] = 62
    #expect(ProgramFile(header) == nil)
  }
}
