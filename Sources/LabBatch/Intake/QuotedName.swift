// SPDX-License-Identifier: Apache-2.0

/// The name of a file as a sentence quotes it: in quotation marks, with every character written out that is invisible or acts on
/// a terminal, and cut to a length that a person reads.
func quoted(_ name: String) -> String {
  let limit = 80
  var text = ""
  for scalar in name.unicodeScalars.prefix(limit) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      if scalar == "\"" || scalar == "\\" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
  }
  return "\"\(text)\"" + (name.unicodeScalars.count > limit ? "…" : "")
}

/// Several names, the first of them quoted and the rest counted.
func quoted(_ names: [String]) -> String {
  let limit = 10
  let listed = names.prefix(limit).map { quoted($0) }.joined(separator: ", ")
  return names.count > limit ? "\(listed) and \(names.count - limit) more" : listed
}
