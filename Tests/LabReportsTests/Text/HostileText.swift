// SPDX-License-Identifier: Apache-2.0

@testable import LabReports

/// Makes up texts that try to pass for the lab's own words, or for commands to a terminal or a CI service. The same seed makes the same texts.
///
/// The letters that a person reads are Greek, which the lab never writes: a line that begins with one begins with such a text.
struct HostileText: RandomNumberGenerator {
  private static let pieces = [
    "::error file=ω.c,line=1::Ω", "::set-output name=ω::1", "::stop-commands::ω", "::", ":", "##[error]Ω", "##[", "#",
    "[", "###[ω]",
    "##vso[task.complete result=Succeeded;]Ω", "##VSO[Ω", "##teamcity[Ω name='ω']", "##Teamcity[", "#\u{200d}#[error]Ω",
    "#\u{fe0f}#[error]", "section_start:1:ω\r\u{1b}[0K", "--- Ω", "+++ Ω", "ΠΑΣΣΕΔ  100 of 100 points", "ΠΑΣΣ  Ω 10/10",
    "Ω", "ω ω",
    "\n", "\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\n\n", "\t", " ", "    ", "\u{a0}",
    "\u{3000}",
    "\u{0}", "\u{8}\u{8}", "\u{1b}[2J", "\u{1b}[1A\u{1b}[2K", "\u{9b}31m", "\u{7f}", "\u{202e}Ω", "\u{2066}",
    "\u{200b}", "\u{feff}",
    "\u{301}", "\u{338}", "\u{34f}", "\u{3164}", "Ω" + String(repeating: "\u{35c}", count: 40),
    String(repeating: "Ω", count: 90),
    String(repeating: "ω ", count: 60), String(repeating: "温", count: 60), String(repeating: ":", count: 200), "👩‍💻👨‍👩‍👧‍👦",
    "क्षि", "\u{e000}",
    "%0A::error::Ω", "<b>Ω</b>", "|Ω|", "\u{fffd}", "=Ω()", "@Ω", "-Ω",
  ]

  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  /// Another text.
  mutating func text() -> String {
    (0..<Int.random(in: 1...6, using: &self)).map { _ in Self.pieces.randomElement(using: &self) ?? "" }.joined()
  }

  /// What is wrong with an output: a line each that gives a program's words the place of the lab's.
  /// - Parameters:
  ///   - width: the terminal's columns; nil where there is none.
  ///   - own: what lines of the format begin with, all the same.
  static func faults(in output: String, width: Int? = nil, own: String = "") -> [String] {
    // What the lab itself writes to a terminal: colours, and a line that is drawn over.
    let bare = output.replacing(/\u{1b}\[[0-9]*m/, with: "").replacing("\r\u{1b}[K", with: "\n")
    return bare.unicodeScalars.split(separator: "\n").map { String($0) }.filter { line in
      let first = line.unicodeScalars.first
      let begin = line.unicodeScalars.first { !$0.properties.isWhitespace }
      let isForged =
        [first.flatMap { $0.isHostile ? $0 : nil }, begin.flatMap { ":#".unicodeScalars.contains($0) ? $0 : nil }]
        .contains { $0.map { !own.unicodeScalars.contains($0) } ?? false }
        || line.contains(/##(vso|teamcity)?\[/.ignoresCase())
      let isWide = width.map { line.reduce(0) { $0 + $1.columnsAtMost } >= $0 } ?? false
      return isForged || isWide || line.unicodeScalars.contains { $0.isUndisplayable }
    }
  }
}

extension Unicode.Scalar {
  /// Whether hostile texts begin with it, and no line of the lab's.
  fileprivate var isHostile: Bool {
    if isASCII { return ":#[+=@%".unicodeScalars.contains(self) }
    return !"✓✗–⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏".unicodeScalars.contains(self)
  }
}
