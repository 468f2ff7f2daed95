// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the `CMakeLists.txt` of a component says of it, in `idf_component_register(…)` and `idf_component_register_swift(…)`.
struct ComponentRegistration {
  /// The words of each call.
  private let calls: [[String]]
  /// The options about warnings that it gives to the compiler, in their order.
  let warnings: [String]

  /// - Parameter file: the contents of the file, which is not executed.
  init(_ file: [UInt8]) {
    let code = Self.comment.replacing(in: String(decoding: file, as: UTF8.self)) { _ in "" }
    calls = Self.call.matches(in: code).map { Self.words(in: $0[1] ?? "") }
    let options = Self.options.matches(in: code).flatMap { Self.words(in: $0[1] ?? "") }
    warnings = Array(options.filter { Self.warning.wholeMatch(in: $0) != nil }.prefix(64))
  }

  /// The values after a keyword, up to the next one, in all calls.
  func arguments(of keyword: String) -> [String] {
    calls.flatMap { words -> [String] in
      guard let index = words.firstIndex(of: keyword) else { return [] }
      return Array(words[(index + 1)...].prefix { !Self.isKeyword($0) })
    }
  }

  private static let comment = Pattern(#"#[^\r\n]*"#)
  private static let call = Pattern(#"idf_component_register(?:_swift)?\s*\(([^)]*)\)"#)

  private static let options = Pattern(
    #"(?:target_compile_options|component_compile_options|add_compile_options)\s*\(([^)]*)\)"#)
  /// Options of the compiler's driver for other tools (`-Wl,…`) have commas.
  private static let warning = Pattern("-W(?:[a-z0-9+]+[-=])*[a-z0-9+]+|-w")

  /// The words, without the quotation marks around them.
  private static func words(in arguments: Substring) -> [String] {
    let quote = UInt8(ascii: "\"")
    return arguments.utf8.split { $0 <= 0x20 || $0 == UInt8(ascii: ";") }.map { word in
      let end = word.lastIndex { $0 != quote }
      return end.map { String(Substring(word[...$0].drop { $0 == quote })) } ?? ""
    }
  }

  private static func isKeyword(_ word: String) -> Bool {
    word.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || $0 == UInt8(ascii: "_") }
  }
}
