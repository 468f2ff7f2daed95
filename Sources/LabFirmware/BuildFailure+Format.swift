// SPDX-License-Identifier: Apache-2.0
import LabModel

extension BuildFailure {
  /// Explains a conversion of printf() that does not fit its argument, which on this chip is most often `%d` for a `uint32_t`.
  static func format(_ errors: [Diagnostic]) -> BuildFailure? {
    guard let error = errors.first, let match = mismatch.firstMatch(in: error.message), let conversion = match[1],
      let name = match[3]
    else { return nil }
    let type = match[4] ?? name
    let isPointer = type.hasSuffix("*")
    var hint: String
    switch String(name) {
    case "size_t": hint = "write %zu"
    case "ssize_t": hint = "write %zd"
    case _ where integers[String(type)] != nil:
      let (plain, macro) = integers[String(type)] ?? ("", "")
      hint = "write %\(plain)" + (macro.isEmpty ? "" : ", or \"%\" \(macro) with #include <inttypes.h>")
    case _ where isPointer && type.hasPrefix("char"): hint = "write %s for a string, %p for its address"
    case _ where isPointer: hint = "write %p for an address, or give what it points to (*)"
    default: hint = "look up the conversion for \(name)"
    }
    hint += "; ESP-IDF's build takes this warning for an error"
    return BuildFailure(.compile, "\(error.place) prints a value of type \(name) with \(conversion)", hint: hint)
  }

  private static let mismatch = Pattern(
    #"""
    ^format ['‘](%[^'’]+)['’] expects argument of type ['‘](.+?)['’](?: \{aka ['‘].+?['’]\})?, but argument \d+ has type \#
    ['‘](.+?)['’](?: \{aka ['‘](.+?)['’]\})?
    """#)

  private static let integers: [String: (String, String)] = [
    "long unsigned int": ("lu", "PRIu32"), "long int": ("ld", "PRId32"), "long long unsigned int": ("llu", "PRIu64"),
    "long long int": ("lld", "PRId64"), "unsigned int": ("u", ""), "int": ("d", ""), "double": ("f", ""),
  ]
}
