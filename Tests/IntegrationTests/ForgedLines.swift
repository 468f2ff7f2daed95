// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Makes up programs that have the compiler, the linker and the device print what looks like the lab's own lines, or like commands to CI
/// services. The same seed makes the same programs.
///
/// The letters that a person reads are Greek, which the lab never writes: a line that begins with one begins with a program's words.
struct ForgedLines: RandomNumberGenerator {
  private static let words = [
    "::error file=ω.c,line=1::Ω", "::set-output name=ω::1", "##[error]Ω", "##vso[task.complete result=Succeeded;]Ω",
    "##teamcity[Ω name='ω']", "ΠΑΣΣΕΔ  100 of 100 points", "ΠΑΣΣ  Ω  10/10", "Ω", "--- Ω",
  ]
  private static let ends = [
    "\\n", "\\r", "\\r\\n", "\\v", "\\f", "\\n   ", "\\n\\t", "\u{2028}", "\u{85}", "\\x1b[1A\\x1b[2K", " ",
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

  /// A text as a string of C or Swift has it.
  private mutating func text(inSwift: Bool = false) -> String {
    var text = Self.words.randomElement(using: &self) ?? ""
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      text += (Self.ends.randomElement(using: &self) ?? "") + (Self.words.randomElement(using: &self) ?? "")
    }
    guard inSwift else { return text }
    return text.replacing("\\v", with: "\\u{b}").replacing("\\f", with: "\\u{c}").replacing("\\x1b", with: "\\u{1b}")
  }

  /// A program in C.
  mutating func c() -> String {
    var lines = ["void app_main(void) {}"]
    for number in 0..<Int.random(in: 2...5, using: &self) {
      let raw = Self.words.randomElement(using: &self) ?? ""
      switch Int.random(in: 0..<10, using: &self) {
      case 0: lines.append("#error \(raw)\u{b}\(raw)\r\(raw)")
      case 1: lines.append("#warning \(raw)\u{c}\(raw)")
      case 2: lines.append("#pragma message(\"\(text())\")")
      case 3: lines.append("_Static_assert(0, \"\(text())\");")
      case 4: lines.append("#line 1 \"\(text())\"\nint a\(number) = \"\";")
      case 5:
        lines.append(
          "void f\(number)(void) __attribute__((error(\"\(text())\"))); void g\(number)(void) { f\(number)(); }")
      case 6: lines.append("void f\(number)(void) __asm__(\"\(text())\"); void g\(number)(void) { f\(number)(); }")
      case 7: lines.append("\(raw)")
      case 8:
        lines.append(
          "void f\(number)(void) __attribute__((deprecated(\"\(text())\"))); void g\(number)(void) { f\(number)(); }")
      default: lines.append("#include \"\(raw)\"")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A program in Swift.
  mutating func swift() -> String {
    var lines = ["@_cdecl(\"app_main\") func main() {}"]
    for number in 0..<Int.random(in: 2...4, using: &self) {
      switch Int.random(in: 0..<4, using: &self) {
      case 0: lines.append("#error(\"\(text(inSwift: true))\")")
      case 1: lines.append("#warning(\"\(text(inSwift: true))\")")
      case 2:
        lines.append(
          "#sourceLocation(file: \"\(text(inSwift: true))\", line: 1)\nlet a\(number): Int = \"\"\n#sourceLocation()")
      default: lines.append("\(Self.words.randomElement(using: &self) ?? "")")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A name of a file, without its extension.
  mutating func name() -> String {
    let ends = ["\n", "\r", "\t", "\u{2028}", "\u{85}", "\u{1b}[2K", "\u{202e}", " ", "%0A"]
    let text = (0..<2).map { _ in
      (Self.words.randomElement(using: &self) ?? "") + (ends.randomElement(using: &self) ?? "")
    }
    return String(text.joined().replacing("/", with: "-").prefix(80))
  }

  /// The lines of an output that a program has begun, or that a CI service takes for a command.
  static func faults(in output: String) -> [String] {
    output.unicodeScalars.split(separator: "\n").map { String($0) }.filter { line in
      let begin = line.unicodeScalars.first { !$0.properties.isWhitespace }
      let isGreek = line.unicodeScalars.first.map { (0x370...0x3ff).contains($0.value) } ?? false
      let acts = line.unicodeScalars.contains {
        $0.value < 0x20 || (0x7f...0x9f).contains($0.value) || [0x2028, 0x2029, 0x202e].contains($0.value)
      }
      return isGreek || begin == ":" || acts || line.contains(/##(vso|teamcity)?\[/)
    }
  }
}
