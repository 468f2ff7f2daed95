// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// ESP-IDF on this computer, with its environment set up by `export.sh` in the shell that the lab was started from.
public struct IDFInstallation: Hashable, Sendable {
  /// Its folder, `IDF_PATH`, absolute.
  public var path: String
  /// Its version.
  public var version: IDFVersion
  /// Its Python interpreter.
  public var python: String
  /// The folder of its tools: `IDF_TOOLS_PATH`, else `~/.espressif`. It need not be there.
  public var tools: String
  /// What of the caller's environment a build gets; nothing else of it is passed on.
  public var environment: [String: String]

  /// Looks for it: `IDF_PATH`, else the folder of the `idf.py` that is on the `PATH`.
  /// - Parameter environment: the variables to look at.
  /// - Throws: `LabError`, which says what to type: if it is not there, is something else, is of another version than the lab knows, or
  ///   its environment is not set up. All of them are for the caller to mend.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    path = try Self.folder(environment)
    version = try Self.version(of: path, environment)
    let export = ". \(Self.quoted(path))/export.sh"
    guard let pythonFolder = environment["IDF_PYTHON_ENV_PATH"], pythonFolder.hasPrefix("/") else {
      throw Self.error(
        "notExported",
        "ESP-IDF \(version) is in \(path), but this shell is not set up for it: IDF_PYTHON_ENV_PATH is not set",
        "type `\(export)`, then try again")
    }
    python = pythonFolder + "/bin/python"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw Self.error(
        "python", "ESP-IDF's Python environment is not there: \(python)",
        "type `\(Self.quoted(path))/install.sh`, then `\(export)`")
    }
    let wish = environment["IDF_TOOLS_PATH"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    tools = wish ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.espressif"
    self.environment = Self.passedOn(environment)
    self.environment["IDF_PATH"] = path
    self.environment["IDF_TOOLS_PATH"] = tools
  }

  /// What `idf.py` and its tools look at, and nothing that could carry a secret.
  private static let variables = [
    "PATH", "IDF_PYTHON_ENV_PATH", "ESP_IDF_VERSION", "ESP_ROM_ELF_DIR", "ESP_CLANG_LIBS",
  ]

  private static func passedOn(_ environment: [String: String]) -> [String: String] {
    environment.filter { variables.contains($0.key) }
  }

  private static func folder(_ environment: [String: String]) throws -> String {
    let isIDF = { FileManager.default.fileExists(atPath: $0 + "/tools/idf.py") }
    if let wish = environment["IDF_PATH"], !wish.isEmpty {
      let path = URL(fileURLWithPath: wish).standardizedFileURL.path
      guard isIDF(path) else {
        throw error(
          "notIDF", "IDF_PATH names \(path), which is not ESP-IDF: it has no tools/idf.py",
          "set it to the folder that has ESP-IDF's export.sh, or type `unset IDF_PATH`")
      }
      return path
    }
    if let program = HelperExecutable.search("idf.py", path: environment["PATH"]) {
      let tools = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
      let path = tools.deletingLastPathComponent().path
      if tools.lastPathComponent == "tools", isIDF(path) { return path }
    }
    throw error(
      "missing", "ESP-IDF was not found: IDF_PATH is not set, and idf.py is not on the PATH",
      "type `. ESP-IDF/export.sh`, with the folder in which ESP-IDF lies, then try again")
  }

  private static func version(of path: String, _ environment: [String: String]) throws -> IDFVersion {
    let file = path + "/tools/cmake/version.cmake"
    guard let data = FileManager.default.contents(atPath: file),
      let version = IDFVersion(cmake: String(decoding: data, as: UTF8.self))
    else {
      throw error(
        "notIDF", "the version of the ESP-IDF in \(path) cannot be told: \(file) is missing or says nothing",
        "set IDF_PATH to a whole checkout of ESP-IDF, or type `unset IDF_PATH`")
    }
    guard version.isSupported else {
      throw error(
        "version",
        "ESP-IDF \(version) in \(path) is too \(version.major > 6 ? "new" : "old"): the lab builds with v5.1 to v6.x",
        "type `. ESP-IDF/export.sh` with the folder of one of those, or build with --sdk bundled")
    }
    return version
  }

  static func error(_ code: String, _ message: String, _ remedy: String) -> LabError {
    LabError(code: "idf.\(code)", message: message, remedy: remedy, isUsage: true)
  }

  /// A path as a shell takes it.
  static func quoted(_ path: String) -> String {
    let plain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+".contains($0)) }
    return plain ? path : "'" + path.replacing("'", with: #"'\''"#) + "'"
  }
}
