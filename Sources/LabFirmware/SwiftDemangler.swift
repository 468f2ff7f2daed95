// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabSandbox

/// Turns the names of Swift functions as the linker knows them (`$e8firmware5serveyyF`) into those that are in the source.
struct SwiftDemangler: Sendable {
  /// The folder of the Swift toolchain.
  let tools: String
  let sandbox: Sandbox

  /// - Parameter names: names in any language.
  /// - Returns: the readable names of those that are Swift's. None if the tool fails: the others will do then.
  func demangle(_ names: some Collection<String>) async -> [String: String] {
    let mangled = Array(Set(names.filter { $0.hasPrefix("$e") || $0.hasPrefix("$s") }).prefix(200))
    guard !mangled.isEmpty else { return [:] }
    let command = SandboxedCommand(
      tools + "/bin/swift-demangle", ["-compact", "-simplified"] + mangled,
      binds: [.readOnly(tools)], limits: SwiftCompilation.limits)
    guard let result = try? await sandbox.run(command, timeout: .seconds(10)), result.isSuccess else { return [:] }
    let lines = BuildLog(result.output).plain.split(separator: "\n").map(String.init)
    return lines.count == mangled.count ? Dictionary(uniqueKeysWithValues: zip(mangled, lines)) : [:]
  }

  /// Replaces the names in what a linker printed.
  func demangle(_ log: BuildLog) async -> BuildLog {
    let names = log.plain.matches(of: /\$[es][A-Za-z0-9_$]+/).map { String($0.0) }
    let readable = await demangle(names)
    var log = log
    // The longest first: one name may be the beginning of another.
    for (name, text) in readable.sorted(by: { $0.key.utf8.count > $1.key.utf8.count }) {
      log.plain = log.plain.replacing(name, with: text)
      log.coloured = log.coloured.replacing(name, with: text)
    }
    return log
  }
}
