// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The public headers and functions of ESP-IDF, from `esp-idf-names.txt` in the bundled SDK's folder: what a program asks for and the bundled
/// SDK lacks is told from what nobody has.
struct ESPIDFNames {
  private let components: [Substring: Substring]

  /// - Parameter sdk: the bundled SDK's folder. Without the list no name is known.
  init(sdk: String) {
    let data = FileManager.default.contents(atPath: "\(sdk)/esp-idf-names.txt") ?? Data()
    var components: [Substring: Substring] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      for name in line[line.index(after: colon)...].split(separator: " ") { components[name] = line[..<colon] }
    }
    self.components = components
  }

  /// The component of ESP-IDF to which a function or a header belongs; nil if ESP-IDF has none of the name.
  func component(of name: String) -> String? {
    components[Substring(name)].map(String.init)
  }
}
