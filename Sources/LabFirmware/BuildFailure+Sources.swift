// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the sources themselves show, where the compiler's words lead astray.
extension BuildFailure {
  /// The lines of the file in which an error was found first.
  private static func source(of error: Diagnostic, in submission: Submission) -> String? {
    submission.files.first { $0.path == error.file }.map { String(decoding: $0.contents, as: UTF8.self) }
  }

  /// Explains that a file which is called C is something else.
  static func otherLanguage(_ errors: [Diagnostic], submission: Submission) -> BuildFailure? {
    for error in errors.prefix(1) {
      guard let file = error.file, let text = source(of: error, in: submission) else { continue }
      if arduinoHeader.isFound(in: text) || arduinoCall.isFound(in: text)
        || (setup.isFound(in: text) && loop.isFound(in: text) && !text.contains("app_main"))
      {
        return BuildFailure(
          .compile, "\(file) is an Arduino sketch: Arduino's library is not part of ESP-IDF",
          hint: "write it for ESP-IDF: void app_main(void) in the place of setup() and loop(), sockets in the place of "
            + "WiFiClient; the lab's starter shows how")
      }
      guard !include.isFound(in: text) || cxxHeader.isFound(in: text) else { continue }
      if pythonLine.matches(in: text).count > 1 {
        return BuildFailure(
          .compile, "\(file) is Python by its contents, whatever its name says",
          hint: "write the program in C or in Embedded Swift: the board runs no Python")
      }
      if cxxLine.isFound(in: text) {
        return BuildFailure(
          .compile, "\(file) is C++ by its contents, whatever its name says",
          hint: "write it in C: no classes, namespaces or streams, and no headers without .h")
      }
    }
    return nil
  }

  private static let arduinoHeader = Pattern(
    #"""
    (?m)^[ \t]*#[ \t]*include[ \t]*[<"]\#
    (?:Arduino|WiFi|WiFiClient|WiFiServer|WiFiUdp|ESP8266WiFi|HTTPClient|Ethernet|SPI|Wire)\.h[>"]
    """#)
  private static let arduinoCall = Pattern(#"\bSerial\.(?:begin|print|println|printf|available)\s*\("#)
  private static let setup = Pattern(#"(?m)^[ \t]*void\s+setup\s*\("#)
  private static let loop = Pattern(#"(?m)^[ \t]*void\s+loop\s*\("#)
  private static let include = Pattern(#"(?m)^[ \t]*#[ \t]*include\b"#)
  private static let pythonLine = Pattern(
    #"""
    (?m)^[ \t]*(?:import[ \t]+\w[\w., \t]*|from[ \t]+[\w.]+[ \t]+import\b.*|def[ \t]+\w+\(.*\).*:|\#
    (?:while|if|for|with|try|else)\b.*:|print\(.*\))[ \t]*\r?$
    """#)
  private static let cxxHeader = Pattern(
    #"""
    (?m)^[ \t]*#[ \t]*include[ \t]*\#
    <(?:iostream|string|vector|cstdio|cstdlib|cstring|cstdint|memory|thread|map|algorithm|functional)>
    """#)
  private static let cxxLine = Pattern(
    #"(?m)\bstd::|^[ \t]*using[ \t]+namespace\b|^[ \t]*(?:class|namespace)[ \t]+\w+[^;]*\{|^[ \t]*template[ \t]*<"#)

  /// Explains characters that a word processor or a web page puts in the place of those that C knows.
  static func typography(_ errors: [Diagnostic], submission: Submission) -> BuildFailure? {
    guard let error = errors.first(where: { strayCharacter.isFound(in: $0.message) }), let line = error.line, line > 0,
      let text = source(of: error, in: submission)
    else { return nil }
    let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count else { return nil }
    let found = lines[line - 1].filter { typographic[$0] != nil }
    guard let first = found.first, let meant = typographic[first] else { return nil }
    let shown = unique(found.map { $0 == "\u{a0}" ? "no-break space" : String($0) }).joined(separator: " ")
    return BuildFailure(
      .compile, "\(error.place) has characters of typeset text (\(shown)), which C does not know",
      hint:
        "type \(meant) in \(found.count == 1 ? "its" : "their") place, here and in the lines after it; text that is "
        + "copied from a page or a word processor has such characters")
  }

  private static let strayCharacter = Pattern(
    "^(?:stray |extended character |missing terminating |universal character )")

  private static let typographic: [Character: String] = [
    "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"", "‘": "'", "’": "'", "‚": "'", "´": "'", "–": "-", "—": "-",
    "−": "-", "…": "...", "\u{a0}": "an ordinary space", "×": "*", "；": ";", "（": "(", "）": ")",
  ]
}
