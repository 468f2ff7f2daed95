// SPDX-License-Identifier: Apache-2.0

extension StepReader {
  func networkAction(_ verb: YAMLValue, _ mapping: YAMLMapping) throws -> NetworkAction {
    switch try verb.string("'network'") {
    case "delay":
      try mapping.allow("network", "by")
      return .delay(try mapping.required("by").duration("'by'"))
    case "loss":
      try mapping.allow("network", "percent", "seed")
      return .loss(percent: try percent(mapping), seed: try mapping["seed"]?.seed() ?? 1)
    case "reorder":
      try mapping.allow("network", "percent", "seed")
      return .reorder(percent: try percent(mapping), seed: try mapping["seed"]?.seed() ?? 1)
    case "clear":
      try mapping.allow("network")
      return .clear
    case "dns":
      try mapping.allow("network", "name", "answer")
      return .dns(
        name: try mapping.required("name").nonEmptyString("'name'"),
        answer: try mapping.required("answer").nameAnswer("'answer'"))
    case "refuse": return try block(mapping, .refused)
    case "silent": return try block(mapping, .silent)
    case let other:
      throw verb.unknown(
        "network step", other, among: ["delay", "loss", "reorder", "clear", "dns", "refuse", "silent"])
    }
  }

  private func percent(_ mapping: YAMLMapping) throws -> Int {
    try mapping.required("percent").integer("'percent'", in: 1...100)
  }

  private func block(_ mapping: YAMLMapping, _ barrier: Listening.Barrier) throws -> NetworkAction {
    try mapping.allow("network", "port", "address")
    return .block(
      port: try mapping.required("port").port("'port'"), address: try mapping["address"]?.hostAddress("'address'"),
      barrier)
  }
}
