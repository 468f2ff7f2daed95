// SPDX-License-Identifier: Apache-2.0

/// Makes bytes that a guest or a stranger chose safe to show on a terminal and in a report.
///
/// Colour sequences are dropped. Every other control code becomes its picture (`␛`, `␇`), what is not UTF-8 becomes `\xNN`,
/// and what would reorder or hide text becomes `<U+202E>`. Tabs and, if asked for, line ends stay.
/// - Parameters:
///   - bytes: any bytes.
///   - keepsLineEnds: whether a line feed stays one.
/// - Returns: text without control codes.
public func displayable(_ bytes: [UInt8], keepsLineEnds: Bool = false) -> String {
  var result = ""
  var index = 0
  while index < bytes.count {
    // Nearly all there is comes in runs of printable ASCII.
    let plain = plainRun(bytes, from: index)
    if plain > index {
      result += String(decoding: bytes[index..<plain], as: UTF8.self)
      index = plain
      continue
    }
    let byte = bytes[index]
    if byte == 0x1b, let after = indexAfterColour(bytes[index...]) {
      index = after
    } else if byte < 0x80 {
      index += 1
      append(ascii: byte, to: &result, keepsLineEnds: keepsLineEnds)
    } else if let (scalar, length) = decodeScalar(bytes[index...]) {
      index += length
      append(scalar, to: &result)
    } else {
      index += 1
      result += "\\x" + hexadecimal(UInt32(byte), digits: 2)
    }
  }
  return result
}

/// The end of the run of printable ASCII that begins at an index.
private func plainRun(_ bytes: [UInt8], from start: Int) -> Int {
  bytes.withUnsafeBufferPointer { bytes in
    var index = start
    while index < bytes.count, bytes[index] >= 0x20, bytes[index] < 0x7f { index += 1 }
    return index
  }
}

private func append(ascii byte: UInt8, to result: inout String, keepsLineEnds: Bool) {
  switch byte {
  case 0x09: result += "\t"
  case 0x0a where keepsLineEnds: result += "\n"
  case 0x00..<0x20: result.unicodeScalars.append(Unicode.Scalar(0x2400 + UInt16(byte)) ?? "?")
  case 0x7f: result += "\u{2421}"
  default: result.unicodeScalars.append(Unicode.Scalar(byte))
  }
}

private func append(_ scalar: Unicode.Scalar, to result: inout String) {
  switch scalar.value {
  // C1 controls; zero-width characters and directional controls; line and paragraph separators; tags; the byte order mark.
  case 0x80..<0xa0, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe0fff:
    result += "<U+" + hexadecimal(scalar.value, digits: 4) + ">"
  default:
    result.unicodeScalars.append(scalar)
  }
}

/// Recognises `ESC [ digits and semicolons m` at the beginning.
private func indexAfterColour<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> Bytes.Index? {
  let body = bytes.dropFirst()
  guard body.first == 0x5b else { return nil }
  for index in body.dropFirst().prefix(16).indices {
    switch bytes[index] {
    case 0x30...0x39, 0x3b: continue
    case 0x6d: return bytes.index(after: index)
    default: return nil
    }
  }
  return nil
}

/// Decodes one scalar of two bytes or more at the beginning; `nil` if there is none.
private func decodeScalar(_ bytes: some Collection<UInt8>) -> (Unicode.Scalar, Int)? {
  guard let first = bytes.first else { return nil }
  let length =
    switch first {
    case 0xc2...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf4: 4
    default: 0
    }
  guard length > 0, let text = String(validating: Array(bytes.prefix(length)), as: UTF8.self),
    let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
  else { return nil }
  return (scalar, length)
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
