// SPDX-License-Identifier: Apache-2.0

/// A DNS query with one question (RFC 1035, 4.1), and the answers to it.
package struct DNSQuery: Equatable, Sendable {
  package static let port: UInt16 = 53
  package static let typeA: UInt16 = 1
  package static let typeAny: UInt16 = 255

  package var identifier: UInt16
  package var recursionDesired: Bool
  /// The name in lower case, without the root's dot; bytes other than printable ASCII as `\ddd`, dots in labels as `\.`.
  package var name: String
  package var type: UInt16
  package var classCode: UInt16
  /// The question as it stood in the query, to be repeated in the answer.
  private var question: [UInt8]

  /// Reads the query in a UDP payload. nil unless it is a standard query with one uncompressed question.
  package init?(_ bytes: [UInt8], in range: Range<Int>) {
    guard range.count >= 12 else { return nil }
    let start = range.lowerBound
    let flags = bytes.big16(start + 2)
    // A query (bit 15 clear) with the standard opcode (bits 11 to 14 clear), not truncated, and one question.
    guard flags & 0xfa00 == 0, bytes.big16(start + 4) == 1 else { return nil }
    var labels: [String] = []
    var index = start + 12
    while true {
      guard index < range.upperBound else { return nil }
      let length = Int(bytes[index])
      // A question needs no compression; a pointer here (length of 64 and up) could only be a trap.
      guard length < 64, index + 1 + length <= range.upperBound else { return nil }
      // A name has 255 bytes at the most (RFC 1035, 3.1).
      guard index + 1 + length - start - 12 <= 255 else { return nil }
      index += 1
      if length == 0 { break }
      labels.append(DNSQuery.text(bytes[index..<index + length]))
      index += length
    }
    guard index + 4 <= range.upperBound else { return nil }
    identifier = bytes.big16(start)
    recursionDesired = flags & 0x0100 != 0
    name = labels.joined(separator: ".")
    type = bytes.big16(index)
    classCode = bytes.big16(index + 2)
    question = Array(bytes[start + 12..<index + 4])
  }

  /// Makes a query, for tests. Labels must be of 1 to 63 bytes.
  package init(identifier: UInt16, name: String, type: UInt16 = typeA) {
    self.identifier = identifier
    recursionDesired = true
    self.name = name
    self.type = type
    classCode = 1
    question = []
    for label in name.split(separator: ".") {
      question.append(UInt8(truncatingIfNeeded: label.utf8.count))
      question += label.utf8
    }
    question.append(0)
    question.append16(type)
    question.append16(classCode)
  }

  /// The query as a client sends it.
  package var bytes: [UInt8] { header(flags: recursionDesired ? 0x0100 : 0, answers: 0) + question }

  /// The answer with these addresses; for other types than A, the answer that there are none.
  /// - Parameter timeToLive: how long the device may remember it, in seconds. With 0 lwIP asks each time anew (RFC 1035, 3.2.1): what the lab
  ///   declares counts at once, and it sees each lookup.
  package func answer(_ addresses: [IPv4Address], timeToLive: UInt32 = 0) -> [UInt8] {
    let wantsAddress = classCode == 1 && (type == DNSQuery.typeA || type == DNSQuery.typeAny)
    // 28 answers are the most that fit into the 512 bytes which every client takes (RFC 1035, 4.2.1).
    let listed = wantsAddress ? addresses.prefix(min(28, (512 - 12 - question.count) / 16)) : []
    var bytes = header(flags: replyFlags, answers: UInt16(listed.count)) + question
    for address in listed {
      // A pointer to the name in the question, which stands at offset 12 (RFC 1035, 4.1.4).
      bytes += [0xc0, 12]
      bytes.append16(DNSQuery.typeA)
      bytes.append16(1)
      bytes.append32(timeToLive)
      bytes.append16(4)
      bytes.append32(address.value)
    }
    return bytes
  }

  /// The answer that there is no such name (RCODE 3).
  package var noSuchName: [UInt8] { header(flags: replyFlags | 3, answers: 0) + question }

  /// A response that offers recursion.
  private var replyFlags: UInt16 { 0x8080 | (recursionDesired ? 0x0100 : 0) }

  private func header(flags: UInt16, answers: UInt16) -> [UInt8] {
    var bytes: [UInt8] = []
    for field in [identifier, flags, 1, answers, 0, 0] { bytes.append16(field) }
    return bytes
  }

  private static func text(_ label: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in label {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.unicodeScalars.append(Unicode.Scalar(byte + 32))
      case UInt8(ascii: "."), UInt8(ascii: "\\"): text += "\\" + String(Unicode.Scalar(byte))
      case 0x21...0x7e: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte)
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return text
  }
}
