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
    guard let result = try? await sandbox.ask(command), result.isSuccess else { return [:] }
    let lines = BuildLog(result.output).plain.split(separator: "\n").map(String.init)
    guard lines.count == mangled.count else { return [:] }
    // A short name can stand for a text without end.
    return Dictionary(uniqueKeysWithValues: zip(mangled, lines).filter { $1.utf8.count <= 1000 })
  }

  /// Replaces the names in what a linker printed.
  func demangle(_ log: BuildLog) async -> BuildLog {
    let names = Self.name.matches(in: log.plain).compactMap { $0[0].map(String.init) }
    return Self.replace(await demangle(names), in: log)
  }

  private static let name = Pattern(#"\$[es][A-Za-z0-9_$]+"#)

  /// Puts the readable names in the place of others.
  static func replace(_ names: [String: String], in log: BuildLog) -> BuildLog {
    guard !names.isEmpty else { return log }
    func readable(_ text: String) -> String {
      name.replacing(in: text) { match in match[0].map { names[String($0)] ?? String($0) } ?? "" }
    }
    var log = log
    (log.coloured, log.plain) = (readable(log.coloured), readable(log.plain))
    return log
  }
}
