// SPDX-License-Identifier: Apache-2.0

/// What the parts of a lab file may refer to.
struct LabFileContext {
  /// The ports of the device that the host can reach.
  var forward: [UInt16] = []
  /// The byte strings, by name.
  var data: [String: LabData] = [:]
  /// The known mistakes.
  var mistakes = MistakeCatalogue()
  /// The ids of all checks, in their order.
  var checks: [String] = []

  /// A port of the device that a step uses.
  func devicePort(_ value: YAMLValue, _ what: String) throws -> UInt16 {
    let port = try value.port(what)
    guard forward.contains(port) else {
      throw value.error("port \(port) of the device is not forwarded", remedy: "Add it to 'forward'.")
    }
    return port
  }

  /// A byte string, by its name, or written where it is used.
  func data(_ value: YAMLValue, _ what: String) throws -> LabData {
    if value.isMapping { return try value.data(named: "") }
    let name = try value.nonEmptyString(what)
    guard let data = data[name] else {
      guard !data.isEmpty else {
        throw value.error("unknown data '\(name)'", remedy: "The lab file declares none: add 'data' to it.")
      }
      throw value.unknown("data", name, among: data.keys)
    }
    return data
  }
}
