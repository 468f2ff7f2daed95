// SPDX-License-Identifier: Apache-2.0

/// HTML that is being put together. What stands in the source text of a literal is markup; whatever is interpolated into it is text, and
/// is written so that it can be nothing else: as ``Swift/String/displayable``, with every character escaped that means something to
/// a parser of HTML, within elements and within quoted attributes alike. There is no other way to make markup of a string.
struct Markup: Sendable, ExpressibleByStringInterpolation {
  /// The HTML.
  let html: String

  init(stringLiteral value: StaticString) {
    html = "\(value)"
  }

  init(stringInterpolation: StringInterpolation) {
    html = stringInterpolation.html
  }

  /// Pieces after each other.
  init(_ pieces: some Sequence<Markup>) {
    html = pieces.reduce(into: "") { $0 += $1.html }
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate(set) var html = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      html.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    // What is not a literal of our own sources cannot come here.
    mutating func appendLiteral(_ literal: StaticString) { html += "\(literal)" }

    /// Text that anyone may have written.
    mutating func appendInterpolation(_ text: some StringProtocol) { html.append(escaping: String(text)) }

    mutating func appendInterpolation(_ number: Int) { html += String(number) }

    mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

    /// Nothing where there is none.
    mutating func appendInterpolation(_ markup: Markup?) { if let markup { html += markup.html } }

    mutating func appendInterpolation(_ pieces: some Sequence<Markup>) {
      for piece in pieces { html += piece.html }
    }

    /// A relative path as a URL, in an attribute: all but letters, digits, `-`, `.`, `_` and `/` is percent-encoded, so that it has no scheme,
    /// query or fragment.
    mutating func appendInterpolation(path: String) {
      // Two slashes at its beginning would name a host.
      html += "./"
      for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "/"):
          html.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          let digits = String(byte, radix: 16, uppercase: true)
          html += "%" + (digits.count < 2 ? "0" : "") + digits
        }
      }
    }
  }
}

extension String {
  fileprivate mutating func append(escaping text: String) {
    // Nearly all there is to write is printable ASCII without any such character.
    if text.utf8.allSatisfy(\.isPlainInHTML) {
      self += text
      return
    }
    for scalar in text.displayable.unicodeScalars {
      switch scalar {
      case "&": self += "&amp;"
      case "<": self += "&lt;"
      case ">": self += "&gt;"
      case "\"": self += "&quot;"
      case "'": self += "&#39;"
      default: unicodeScalars.append(scalar)
      }
    }
  }
}

extension UInt8 {
  fileprivate var isPlainInHTML: Bool {
    switch self {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "#"):
      false
    case 0x20..<0x7f: true
    default: false
    }
  }
}
