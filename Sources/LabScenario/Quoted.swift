// SPDX-License-Identifier: Apache-2.0

/// Bytes as a quoted text with escapes, cut to a length that a person reads.
func quoted(_ bytes: some Collection<UInt8>, limit: Int = 80) -> String {
  var text = "\""
  for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
    switch scalar {
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format:
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default: text.unicodeScalars.append(scalar)
    }
  }
  text += "\""
  if bytes.count > limit { text += "… (\(bytes.count) bytes)" }
  return text
}
