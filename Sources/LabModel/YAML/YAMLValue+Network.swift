// SPDX-License-Identifier: Apache-2.0

extension YAMLValue {
  /// An IPv4 address.
  func hostAddress(_ what: String) throws -> HostAddress {
    let text = try string(what)
    guard let address = HostAddress(text) else {
      throw error("\(what) has to be an IPv4 address, not '\(text)'", remedy: "Write it as 93.184.216.34.")
    }
    return address
  }

  /// What a name resolves to: an address, a list of addresses, `nxdomain` or `silent`.
  func nameAnswer(_ what: String) throws -> NameAnswer {
    if case .sequence = node {
      let addresses = try sequence(what).map { try $0.hostAddress(what) }
      guard !addresses.isEmpty else {
        throw error("\(what) is an empty list", remedy: "Write nxdomain for a name that does not exist.")
      }
      return .addresses(addresses)
    }
    let text = try string(what)
    if let address = HostAddress(text) { return .addresses([address]) }
    switch text {
    case "nxdomain": return .nxdomain
    case "silent": return .silent
    default:
      throw error(
        "\(what) has to be an IPv4 address, not '\(text)'",
        remedy: text.nearest(in: ["nxdomain", "silent"]).map { "Did you mean '\($0)'?" }
          ?? "Write an address such as 93.184.216.34, a list of addresses, nxdomain or silent.")
    }
  }

  /// What a generator of numbers starts from.
  func seed() throws -> UInt64 { UInt64(try integer("'seed'", in: 0...Int(Int32.max))) }

  /// A receive window in bytes.
  func window() throws -> Int { try integer("'window'", in: 1...65535) }
}
