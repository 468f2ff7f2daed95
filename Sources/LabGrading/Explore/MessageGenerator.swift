// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Makes up what clients say: within what the exercise promises, and as odd as that allows.
struct MessageGenerator {
  private let model: Exploration.Model
  private var random: SplitMix64
  private let commands: [String]

  init(_ model: Exploration.Model, seed: UInt64) {
    self.model = model
    random = SplitMix64(seed: seed)
    if case .table(let answers, _) = model { commands = answers.keys.sorted() } else { commands = [] }
  }

  /// A message of usual length.
  mutating func next() -> Message {
    switch model {
    case .echo: Message(bytes())
    case .table: Message(line(command()) + end())
    case .rounds, .printed: typed()
    }
  }

  /// A message whose answer tells whether anything stood before it.
  mutating func telling() -> Message {
    guard !commands.isEmpty else { return next() }
    return Message(line(commands.randomElement(using: &random) ?? "") + end())
  }

  /// A long message.
  mutating func long() -> Message {
    switch model {
    case .rounds, .printed: text(count: 900)
    case .echo:
      Message(
        count: [511, 512, 513, 1024, 1460, 2921, 5760, 8000].randomElement(using: &random) ?? 512,
        seed: UInt64.random(in: 1...99, using: &random))
    case .table:
      Message(
        letters(count: [63, 64, 65, 100, 127, 128, 129, 200, 255, 256, 299].randomElement(using: &random) ?? 64) + end()
      )
    }
  }

  /// A line that is typed: up to 64 characters of ASCII, with a line end.
  mutating func typed() -> Message {
    let count = [1, 2, 7, 20, 31, 32, 33, 63, 64].randomElement(using: &random) ?? 20
    let characters = Array("abcXYZ019 %%d%s,;:.-_+#'\"/()[]<>?!=*".utf8)
    var line = (0..<count).map { _ in characters.randomElement(using: &random) ?? 0 }
    // A blank at an end may be taken for none.
    line[0] = UInt8(ascii: "a")
    line[count - 1] = UInt8(ascii: "z")
    return Message(line + [10])
  }

  /// A text of signs that logs seldom print. It ends with a line end where nobody promises to print what has none at once.
  mutating func text(count: Int) -> Message {
    let signs = ["{", "}", "~", "^", "|", "`", "@", "$", "&", "%", "%%", "€", "日", "本", "語", "👩", "ß", "\n", "\r\n"]
    var text = ""
    while text.utf8.count < count { text += signs.randomElement(using: &random) ?? "" }
    if case .printed(isAsked: true, _) = model { return Message(Array((text + "~\n").utf8)) }
    return Message(Array((text + "~").utf8))
  }

  private func line(_ text: String) -> [UInt8] { Array(text.utf8) }

  private mutating func end() -> [UInt8] { Bool.random(using: &random) ? [10] : [13, 10] }

  private mutating func bytes() -> [UInt8] {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: [UInt8.random(in: 0...255, using: &random)]
    case 1: values(count: Int.random(in: 2...40, using: &random))
    case 2: [UInt8](repeating: 0, count: Int.random(in: 1...12, using: &random)) + letters(count: 5)
    case 3: letters(count: 3) + [0] + letters(count: 4) + [0]
    case 4: line(Self.texts.randomElement(using: &random) ?? "") + end()
    case 5: values(count: [31, 32, 63, 64, 65, 127, 128, 129, 255, 256, 257].randomElement(using: &random) ?? 64)
    case 6: end() + end()
    default: letters(count: Int.random(in: 1...60, using: &random)) + end()
    }
  }

  /// Words in many scripts, and what programs take for their own.
  private static let texts = [
    "Grüße, 25 °C – ✓", "日本語のテキスト", "100 % %s %n %d", "👩‍🚀🇪🇺", "\\n \\0 ${x}", "<b>&amp;</b>", "Привет", "exit", "quit",
    " leading and trailing ", "\ttab", "\"quoted\"", "GET / HTTP/1.1",
  ]

  /// A command that the table knows, or one that only looks like it.
  private mutating func command() -> String {
    let command = commands.randomElement(using: &random) ?? ""
    switch Int.random(in: 0..<18, using: &random) {
    case 0: return command.lowercased() == command ? command.uppercased() : command.lowercased()
    case 1: return " " + command
    case 2: return command + " "
    case 3: return command + "X"
    case 4: return String(command.dropLast())
    case 5: return command + " " + command
    case 6: return "X" + command
    case 7: return Self.texts.filter { !commands.contains($0) }.randomElement(using: &random) ?? "?"
    case 8: return String(decoding: letters(count: Int.random(in: 1...60, using: &random)), as: UTF8.self)
    default: return command
    }
  }

  private mutating func letters(count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &random) }
  }

  private mutating func values(count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
}
