// SPDX-License-Identifier: Apache-2.0

/// Writes the parts of an XML document. What XML has no way to write is written out before.
enum XMLText {
  /// A tag with its attributes.
  /// - Parameter isEmpty: whether the element ends with it.
  static func tag(_ name: String, _ attributes: [(String, String)], isEmpty: Bool = false) -> String {
    let text = attributes.map { " \($0)=\"\(escaped($1.displayable))\"" }.joined()
    return "<\(name)\(text)\(isEmpty ? "/>" : ">")"
  }

  /// Text of an element or an attribute; it has to be ``Swift/String/displayable``.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      // Surrogates cannot stand in a String; these two are no characters in XML 1.0 (section 2.2).
      case "\u{fffe}", "\u{ffff}": text += "\u{fffd}"
      default: text.append(character)
      }
    }
  }
}
